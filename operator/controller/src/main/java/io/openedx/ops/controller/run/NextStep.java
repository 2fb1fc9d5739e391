package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;

/** A step whose turn it is: it waits out its backoff and the pods before it, then it begins. */
final class NextStep {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Look look;
  private final Movement movement;
  private final Stall stall;

  NextStep(Look look, Movement movement, Stall stall) {
    this.look = look;
    this.movement = movement;
    this.stall = stall;
  }

  Standing begin(StepStatus next) {
    return begin(next, look.attempts().from(next.name()));
  }

  /** What is owed begins in a Job of its own. */
  Standing beginAlone(StepStatus owed) {
    return begin(owed, look.attempts().alone(owed));
  }

  private Standing begin(StepStatus next, Attempt attempt) {
    if (!Retry.due(next)) {
      movement.afresh();
    } else if (movement.stoodStill()) {
      return stall.noProgressOfAttempts(next);
    }
    var wait = Retry.wait(next, look.ledger().history(), look.now());
    if (wait.compareTo(Duration.ZERO) > 0) {
      return new Standing.Retrying(
          "%s is tried again at %s (attempt %d): %s"
              .formatted(next.name(), look.now().plus(wait), next.attempt() + 1, next.message()),
          wait);
    }
    if (!look.quiet()) {
      return new Standing.Working(
          "%s begins when the pods of the step before have ended.".formatted(next.name()), ENDING);
    }
    record(next, attempt);
    return new Standing.Working("%s begins.".formatted(next.name()), AT_ONCE);
  }

  /** In status only: the Job is made by the next look, which finds the attempt there. */
  private void record(StepStatus next, Attempt attempt) {
    look.ledger().put(Steps.begun(next, attempt, null, look.now()));
    look.debts().begin(attempt);
  }
}
