package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.TaskReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which a step's status changes; nothing else makes one. */
final class Steps {
  private Steps() {}

  static StepStatus begun(StepStatus step, Attempt attempt, @Nullable String jobUid, Instant now) {
    return new StepStatus(
        step.name(),
        StepState.RUNNING,
        attempt.number(),
        now,
        null,
        attempt.jobName(),
        jobUid,
        null,
        null,
        null,
        Map.of());
  }

  static StepStatus seen(StepStatus step, String jobUid) {
    return new StepStatus(
        step.name(),
        step.state(),
        step.attempt(),
        step.startTime(),
        step.completionTime(),
        step.jobName(),
        jobUid,
        step.exitCode(),
        step.reason(),
        step.message(),
        step.evidence());
  }

  static StepStatus done(StepStatus step, TaskReport report) {
    return new StepStatus(
        step.name(),
        StepState.SUCCEEDED,
        step.attempt(),
        report.startTime().truncatedTo(ChronoUnit.SECONDS),
        report.completionTime().truncatedTo(ChronoUnit.SECONDS),
        step.jobName(),
        step.jobUID(),
        report.exitCode().code(),
        report.reason(),
        report.message(),
        report.evidence());
  }

  /** Done without a report. */
  static StepStatus done(StepStatus step, String reason, String message, Instant now) {
    return ended(step, StepState.SUCCEEDED, null, reason, message, step.evidence(), now);
  }

  /**
   * An end without success: {@code FAILED} calls a human, {@code PENDING} is tried again by itself.
   */
  static StepStatus ended(
      StepStatus step,
      StepState state,
      @Nullable Integer exitCode,
      String reason,
      String message,
      Map<String, String> evidence,
      Instant now) {
    return new StepStatus(
        step.name(),
        state,
        step.attempt(),
        step.startTime() == null ? now : step.startTime(),
        now,
        step.jobName(),
        step.jobUID(),
        exitCode,
        reason,
        message,
        evidence);
  }

  /** As if never begun, but for the count of attempts. */
  static StepStatus again(StepStatus step) {
    return resting(step, StepState.PENDING, null, null);
  }

  /** The same, and why. */
  static StepStatus undone(StepStatus step, String reason, String message) {
    return resting(step, StepState.PENDING, reason, message);
  }

  static StepStatus waiting(StepStatus step, String message) {
    return resting(step, StepState.WAITING, "ApprovalRequired", message);
  }

  static StepStatus skipped(StepStatus step, String reason, String message) {
    return resting(step, StepState.SKIPPED, reason, message);
  }

  private static StepStatus resting(
      StepStatus step, StepState state, @Nullable String reason, @Nullable String message) {
    return new StepStatus(
        step.name(),
        state,
        step.attempt(),
        null,
        null,
        null,
        null,
        null,
        reason,
        message,
        Map.of());
  }
}
