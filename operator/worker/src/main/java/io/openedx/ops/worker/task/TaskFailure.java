package io.openedx.ops.worker.task;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A task cannot end well; says who must act and how. */
public final class TaskFailure extends RuntimeException {
  private final ExitCode exitCode;
  private final String reason;
  private final transient Map<String, String> evidence;
  private final transient List<Finding> findings;
  private final @Nullable String log;

  /**
   * @param reason one CamelCase word, stable API
   * @param message what happened, what it means, what to do; no secret
   */
  public TaskFailure(ExitCode exitCode, String reason, String message) {
    this(exitCode, reason, message, Map.of(), List.of(), null, null);
  }

  public TaskFailure(
      ExitCode exitCode, String reason, String message, Map<String, String> evidence) {
    this(exitCode, reason, message, evidence, List.of(), null, null);
  }

  /** Preflight: the findings are the message. */
  public TaskFailure(ExitCode exitCode, String reason, String message, List<Finding> findings) {
    this(exitCode, reason, message, Map.of(), findings, null, null);
  }

  /** Preflight: the findings, and what was measured all the same. */
  public TaskFailure(
      ExitCode exitCode,
      String reason,
      String message,
      Map<String, String> evidence,
      List<Finding> findings) {
    this(exitCode, reason, message, evidence, findings, null, null);
  }

  private TaskFailure(
      ExitCode exitCode,
      String reason,
      String message,
      Map<String, String> evidence,
      List<Finding> findings,
      @Nullable String log,
      @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.reason = reason;
    this.evidence = evidence;
    this.findings = findings;
    this.log = log;
  }

  /**
   * An error of MySQL in the words of this program.
   *
   * @param doing what was tried, for example "copying ids 1 to 1000 from source mysql:3306/openedx"
   */
  public static TaskFailure of(SQLException e, String doing) {
    var failure = SqlFailure.of(e);
    var message =
        "%s failed: %s (MySQL error %d). %s"
            .formatted(doing, e.getMessage(), e.getErrorCode(), failure.remedy());
    return new TaskFailure(
        failure.exitCode(), failure.reason(), message, Map.of(), List.of(), null, e);
  }

  /** The same with the last lines of what failed. */
  public TaskFailure withLog(String lines) {
    return new TaskFailure(
        exitCode, reason, String.valueOf(getMessage()), evidence, findings, lines, this);
  }

  /** The same with another wording, for example without secrets. */
  public TaskFailure rewritten(UnaryOperator<String> wording) {
    return new TaskFailure(
        exitCode,
        reason,
        wording.apply(String.valueOf(getMessage())),
        Wording.of(evidence, wording),
        Wording.of(findings, wording),
        log == null ? null : wording.apply(log),
        this);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String reason() {
    return reason;
  }

  public Map<String, String> evidence() {
    return evidence;
  }

  public List<Finding> findings() {
    return findings;
  }

  /** The last lines of what failed, without secrets; null where there are none. */
  public @Nullable String log() {
    return log;
  }
}
