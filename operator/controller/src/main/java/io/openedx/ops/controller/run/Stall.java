package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Steps that fail until a human acts. */
final class Stall {
  private static final String REMEDY = "Then set a new spec.retryToken to try again.";

  private final Look look;

  Stall(Look look) {
    this.look = look;
  }

  Standing of(StepStatus step, String reason, String message) {
    look.ledger().end(step, StepState.FAILED, null, reason, message, look.now());
    return blocked();
  }

  /** Its Job stood still. */
  Standing noProgress(StepStatus running, String why) {
    look.act(new Action.DeleteJob(Objects.requireNonNull(running.jobName())));
    return of(
        running,
        "NoProgress",
        "no progress for %d s (timeouts.progressDeadlineSeconds). %s"
            .formatted(
                seconds(),
                why.isEmpty()
                    ? "Look at the pod's log: kubectl logs job/" + running.jobName() + "."
                    : why));
  }

  /** Attempt followed attempt, and all of them stood still. */
  Standing noProgressOfAttempts(StepStatus next) {
    return of(
        next,
        "NoProgress",
        "%d attempts and no progress for %d s (timeouts.progressDeadlineSeconds). Last: %s"
            .formatted(next.attempt(), seconds(), next.message()));
  }

  private int seconds() {
    return look.spec().timeouts().progressDeadlineSeconds();
  }

  Standing blocked() {
    return blocked(look.ledger().allFailed(), FailureReport.configMap(look.seen().run()));
  }

  /** What is said of the steps that have failed, now or long ago; the remedy is named once. */
  static Standing blocked(List<StepStatus> failed, String report) {
    var why = Procedure.Reason.of(failed.get(0).reason(), failed.get(0).message());
    var said =
        failed.stream()
            .map(
                step ->
                    "%s: %s".formatted(step.name(), Texts.ended(String.valueOf(step.message()))))
            .collect(Collectors.joining(" Besides, "));
    return new Standing.Blocked(
        why.reason(),
        "%s%s More in ConfigMap %s."
            .formatted(said, said.contains("retryToken") ? "" : " " + REMEDY, report));
  }
}
