package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one task ended.
 *
 * @param reason one CamelCase word, stable API (a condition's reason)
 * @param message what happened, what it means, what to do; no secret; at most 1,024 characters
 * @param evidence what was measured to prove the result: few, short, sorted by key
 * @param findings what preflight found, worst first; empty for the other tasks
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
    List<Finding> findings) {

  private static final int MAX_MESSAGE = 1_024;

  public TaskReport {
    message =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
    findings = findings == null ? List.of() : List.copyOf(findings);
  }
}
