package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import java.time.Duration;

/** What the user asks for while a run lives: try again, hold, end. */
final class Wishes {
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Look look;
  private final Movement movement;
  private final RunJobs jobs;
  private final Lock lock;

  Wishes(Look look, Movement movement, RunJobs jobs, Lock lock) {
    this.look = look;
    this.movement = movement;
    this.jobs = jobs;
    this.lock = lock;
  }

  /** A new token tries a failed step again, and does not wait for one that is to be tried. */
  void tryAgain() {
    var token = look.spec().retryToken();
    var status = look.seen().status();
    if (status.startTime() == null || token == null || token.equals(status.observedRetryToken())) {
      return;
    }
    var ledger = look.ledger();
    ledger
        .failed()
        .ifPresent(failed -> ledger.startOver(look.procedure().restartAt(failed), failed.name()));
    ledger.next().filter(Retry::due).ifPresent(step -> ledger.put(Steps.again(step)));
    movement.alive();
  }

  Standing cancel() {
    jobs.deleteAll();
    if (!look.seen().quiet()) {
      return new Standing.Cancelling(
          "Cancelling: the pods end after the chunk under way. Nothing is to be done.");
    }
    var ledger = look.ledger();
    ledger
        .running()
        .ifPresent(
            step ->
                ledger.end(
                    step,
                    StepState.FAILED,
                    null,
                    "Cancelled",
                    "Cancelled by spec.cancel before it was done.",
                    look.now()));
    lock.release();
    return new Standing.Cancelled(look.procedure().abandoned(ledger.steps()));
  }

  Standing pause() {
    jobs.suspendAll();
    var current = look.ledger().current().name();
    return look.seen().activePods().isEmpty()
        ? new Standing.Paused(
            "Paused at %s by spec.suspend. Nothing is lost; set spec.suspend to false to go on."
                .formatted(current),
            Standing.REST)
        : new Standing.Paused(
            "Pausing at %s: the pods end after the chunk under way.".formatted(current), ENDING);
  }

  /** Time spent in a pause is no standstill. */
  void resume() {
    var paused =
        look.seen().status().conditions().stream()
            .anyMatch(each -> each.getType().equals("Paused") && each.getStatus().equals("True"));
    if (paused) {
      movement.alive();
    }
  }
}
