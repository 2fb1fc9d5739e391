package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one task ended.
 *
 * @param reason one CamelCase word, stable API (a condition's reason)
 * @param message what happened, what it means, what to do; no secret; at most 1,024 characters
 * @param evidence what was measured to prove the result: few, short, sorted by key
 * @param findings what preflight found, worst first; empty for the other tasks
 * @param plan what the run will do; only of the task that found it out
 * @param log the last lines of what failed, without secrets; at most 4,000 characters
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TaskReport(
    Task task,
    ExitCode exitCode,
    String reason,
    String message,
    Instant startTime,
    Instant completionTime,
    Map<String, String> evidence,
    List<Finding> findings,
    @Nullable PlanReport plan,
    @Nullable String log) {

  private static final int MAX_MESSAGE = 1_024;
  private static final int MAX_LOG = 4_000;

  public TaskReport {
    message =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
    findings = findings == null ? List.of() : List.copyOf(findings);
    log =
        log == null || log.length() <= MAX_LOG
            ? log
            : "…" + log.substring(log.length() - MAX_LOG + 1);
  }

  /** Of a task that neither plans nor has a log to show. */
  public TaskReport(
      Task task,
      ExitCode exitCode,
      String reason,
      String message,
      Instant startTime,
      Instant completionTime,
      Map<String, String> evidence,
      List<Finding> findings) {
    this(
        task, exitCode, reason, message, startTime, completionTime, evidence, findings, null, null);
  }
}
