package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import java.time.Duration;

/** Where a run stands after this pass; what humans and programs are told follows from it. */
sealed interface Standing {
  /** How long nothing needs to be looked at unless something happens. */
  Duration checkAgainIn();

  /** What is going on, for humans. */
  String message();

  /** Something is under way. */
  record Working(String message, Duration checkAgainIn) implements Standing {}

  /** An attempt ended for a reason that may pass. */
  record Retrying(String message, Duration checkAgainIn) implements Standing {}

  /** A gate is shut. */
  record Awaiting(Gate gate, String message) implements Standing {
    @Override
    public Duration checkAgainIn() {
      return REST;
    }
  }

  /** spec.suspend holds it. */
  record Paused(String message, Duration checkAgainIn) implements Standing {}

  /** Another run has the lock. */
  record Queued(String message) implements Standing {
    @Override
    public Duration checkAgainIn() {
      return Duration.ofSeconds(5);
    }
  }

  /** A human must act. */
  record Blocked(String reason, String message) implements Standing {
    @Override
    public Duration checkAgainIn() {
      return REST;
    }
  }

  /** mode Plan is at its end. */
  record Planned(String message) implements Standing {
    @Override
    public Duration checkAgainIn() {
      return REST;
    }
  }

  /** All that was asked for is done. */
  record Done(String message, Duration checkAgainIn) implements Standing {}

  /** spec.cancel is set and pods are still ending. */
  record Cancelling(String message, Duration checkAgainIn) implements Standing {}

  /** spec.cancel has ended it. */
  record Cancelled(String message) implements Standing {
    @Override
    public Duration checkAgainIn() {
      return REST;
    }
  }

  /** Nothing changes by itself. */
  Duration REST = Duration.ofMinutes(10);
}
