package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a run to rest: stopped by a failure, paused or cancelled; and never before what it owes is
 * done.
 */
final class Rest {
  static final String CANCELLED = "Cancelled";
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Look look;
  private final RunJobs jobs;
  private final Lock lock;
  private final Hearing hearing;
  private final NextStep nextStep;
  private final RunningStep runningStep;
  private final Stall stall;

  Rest(
      Look look,
      RunJobs jobs,
      Lock lock,
      Hearing hearing,
      NextStep nextStep,
      RunningStep runningStep,
      Stall stall) {
    this.look = look;
    this.jobs = jobs;
    this.lock = lock;
    this.hearing = hearing;
    this.nextStep = nextStep;
    this.runningStep = runningStep;
    this.stall = stall;
  }

  /** A step has failed for good. */
  Standing stop() {
    var failed = look.ledger().allFailed().get(0).name();
    return pay()
        .<Standing>map(
            paying ->
                new Standing.Working(
                    "%s has failed. Before the run stops: %s".formatted(failed, paying.message()),
                    paying.checkAgainIn()))
        .orElseGet(stall::blocked);
  }

  Standing cancel() {
    if (paysNow()) {
      hearing.end();
    }
    jobs.deleteAllButOwed();
    if (!jobs.quietButOwed()) {
      return cancelling("the pods end as soon as they can. Nothing is to be done.", ENDING);
    }
    work().ifPresent(this::giveUp);
    var paying = pay();
    if (paying.isPresent()) {
      return cancelling(paying.get().message(), paying.get().checkAgainIn());
    }
    if (!look.seen().quiet()) {
      return cancelling("the last pod ends.", ENDING);
    }
    lock.release();
    return new Standing.Cancelled(look.procedure().abandoned(look.ledger().steps()));
  }

  private static Standing cancelling(String what, Duration checkAgainIn) {
    return new Standing.Cancelling("Cancelling: " + what, checkAgainIn);
  }

  Standing pause() {
    jobs.suspendAllButOwed();
    var owes = look.debts().owed().isPresent();
    var current = look.ledger().current().name();
    if (jobs.podsButOwed()) {
      var message = "Pausing at %s: the pods end as soon as they can.".formatted(current);
      return owes ? new Standing.Working(message, ENDING) : new Standing.Paused(message, ENDING);
    }
    if (owes) {
      // Two steps cannot be under way: the one that is held begins anew after the pause.
      work().ifPresent(runningStep::giveBack);
    }
    return pay()
        .<Standing>map(
            paying -> new Standing.Working("Pausing: " + paying.message(), paying.checkAgainIn()))
        .orElseGet(() -> paused(current));
  }

  private static Standing paused(String current) {
    return new Standing.Paused(
        "Paused at %s by spec.suspend. Nothing is lost; set spec.suspend to false to go on."
            .formatted(current),
        Standing.REST);
  }

  /** The step under way, unless it is what is owed, on its own. */
  private Optional<StepStatus> work() {
    return look.ledger().running().filter(step -> !look.attempts().isAlone(step));
  }

  private boolean paysNow() {
    return look.ledger().running().filter(look.attempts()::isAlone).isPresent();
  }

  private void giveUp(StepStatus step) {
    if (look.ledger().step(step.name()).owed() != null) {
      look.ledger().put(Steps.again(step));
    } else {
      look.ledger()
          .end(
              step,
              StepState.FAILED,
              null,
              CANCELLED,
              "Cancelled by spec.cancel before it was done.",
              look.now());
    }
  }

  /** One look at what is owed; empty when the run may rest. */
  private Optional<Standing> pay() {
    var owed = look.debts().owed();
    if (owed.isEmpty()) {
      return Optional.empty();
    }
    var standing =
        owed.get().state() == StepState.RUNNING
            ? runningStep.watch(owed.get())
            : nextStep.beginAlone(owed.get());
    return standing instanceof Standing.Blocked ? Optional.empty() : Optional.of(standing);
  }
}
