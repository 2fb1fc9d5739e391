package io.openedx.ops.worker.task;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.PlanReport;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A task ended well.
 *
 * @param reason one CamelCase word, stable API
 * @param evidence what was measured to prove it: few and short
 * @param plan what the run will do; only of the task that found it out
 */
public record TaskResult(
    String reason,
    String message,
    Map<String, String> evidence,
    List<Finding> findings,
    @Nullable PlanReport plan) {

  public TaskResult(
      String reason, String message, Map<String, String> evidence, List<Finding> findings) {
    this(reason, message, evidence, findings, null);
  }

  public TaskResult(String reason, String message, Map<String, String> evidence) {
    this(reason, message, evidence, List.of());
  }

  /** The same with another wording, for example without secrets. */
  public TaskResult rewritten(UnaryOperator<String> wording) {
    return new TaskResult(
        reason,
        wording.apply(message),
        Wording.of(evidence, wording),
        Wording.of(findings, wording),
        plan == null ? null : Wording.of(plan, wording));
  }
}
