package io.openedx.ops.worker.task;

import io.openedx.ops.contract.Finding;
import java.util.List;
import java.util.Map;

/**
 * A task ended well.
 *
 * @param reason one CamelCase word, stable API
 * @param evidence what was measured to prove it: few and short
 */
public record TaskResult(
    String reason, String message, Map<String, String> evidence, List<Finding> findings) {

  public TaskResult(String reason, String message, Map<String, String> evidence) {
    this(reason, message, evidence, List.of());
  }
}
