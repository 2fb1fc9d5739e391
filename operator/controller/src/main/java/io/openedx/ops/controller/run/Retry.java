package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.AttemptRecord;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a step that ended for a passing reason is tried again: after 5, 10, 20, 40, then 60 s. What
 * befell the steps before it does not count: they got over it.
 */
final class Retry {
  private static final int FIRST_SECONDS = 5;
  private static final int MAX_SECONDS = 60;
  private static final int DOUBLINGS = 4;

  private Retry() {}

  /** Whether the step was tried before and is to be tried again by itself. */
  static boolean due(StepStatus step) {
    return step.state() == StepState.PENDING && step.completionTime() != null;
  }

  /** How long it still waits; zero or less is now. */
  static Duration wait(StepStatus step, List<AttemptRecord> history, Instant now) {
    var ended = step.completionTime();
    if (step.state() != StepState.PENDING || ended == null) {
      return Duration.ZERO;
    }
    var doublings = Math.min(DOUBLINGS, Math.max(0, inARow(step, history) - 1));
    var backoff = Math.min(MAX_SECONDS, FIRST_SECONDS << doublings);
    return Duration.between(now, ended.plusSeconds(backoff));
  }

  private static int inARow(StepStatus step, List<AttemptRecord> history) {
    var last = history.size();
    while (last > 0 && history.get(last - 1).step().equals(step.name())) {
      last--;
    }
    return history.size() - last;
  }
}
