package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next in a run. One object is one look: what the Jobs say is entered into the
 * ledger, what the user asks for is obeyed, then the run goes at most one step on.
 *
 * <p>An attempt is entered into status first and its Job is asked for by a later look, one that
 * finds the attempt in the status it was given. So a Job that nobody remembers cannot exist.
 */
public final class RunPlanner {
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Look look;
  private final Movement movement;
  private final Hearing hearing;
  private final PlanRecord plan;
  private final RunJobs jobs;
  private final Lock lock;
  private final Wishes wishes;
  private final Gates gates;
  private final Rest rest;
  private final NextStep nextStep;
  private final RunningStep runningStep;

  private RunPlanner(Look look) {
    this.look = look;
    movement = new Movement(look);
    hearing = new Hearing(look, movement);
    plan = new PlanRecord(look);
    jobs = new RunJobs(look);
    lock = new Lock(look);
    wishes = new Wishes(look, movement);
    gates = new Gates(look, plan);
    var stall = new Stall(look);
    nextStep = new NextStep(look, movement, stall);
    runningStep = new RunningStep(look, movement, stall);
    rest = new Rest(look, jobs, lock, hearing, nextStep, runningStep, stall);
  }

  /** One look at a run that lives. */
  public static Decision decide(Observed seen, Procedure procedure, Instant now) {
    return new RunPlanner(Look.at(seen, procedure, now)).decide();
  }

  private Decision decide() {
    var standing =
        look.procedure()
            .refusal()
            .or(this::forgotten)
            .<Standing>map(why -> new Standing.Blocked(why.reason(), why.message()))
            .orElseGet(this::stand);
    new FailureReport(look).write();
    var before = look.seen().status();
    var status =
        new StatusWriter(look.seen(), look.procedure(), look.now())
            .write(look.ledger(), standing, plan.status(), figures(standing));
    if (StatusWriter.onlyProgress(before, status, look.now())) {
      return new Decision(before, look.actions(), Duration.ofSeconds(1));
    }
    Journal.between(before, status, look.seen().run()).forEach(look::act);
    return new Decision(status, look.actions(), standing.checkAgainIn());
  }

  /**
   * A step that was begun and that nobody knows any more: an older CRD has cut a field out of the
   * spec, or an older operator reads it. Going on without the step could skip a proof.
   */
  private Optional<Procedure.Reason> forgotten() {
    var known = look.procedure().steps().stream().map(Step::name).toList();
    return look.seen().status().steps().stream()
        .map(StepStatus::name)
        .filter(step -> !known.contains(step))
        .findFirst()
        .map(
            step ->
                new Procedure.Reason(
                    "UnknownStep",
                    "The run has a step %s that neither the spec nor this version of the operator knows any more: the CRD, or the operator, was replaced by an older one. Nothing was done. Apply the CRD and the operator of the same, newer release; it goes on by itself."
                        .formatted(step)));
  }

  /** Figures are shown while there is a step that they are about. */
  private @Nullable Progress figures(Standing standing) {
    return standing instanceof Standing.Working
            || standing instanceof Standing.Retrying
            || standing instanceof Standing.Paused
            || standing instanceof Standing.Cancelling
            || standing instanceof Standing.Blocked
        ? movement.progress()
        : null;
  }

  private Standing stand() {
    wishes.tryAgain();
    hearing.reports();
    look.ledger().place();
    plan.make(hearing.found());
    hearing.prune();
    if (look.ledger().complete()) {
      redo();
    }
    if (look.ledger().complete()) {
      return done();
    }
    if (look.spec().cancel()) {
      return rest.cancel();
    }
    hearing.end();
    jobs.sweep();
    if (look.ledger().failed().isPresent()) {
      return rest.stop();
    }
    if (look.spec().suspend()) {
      return rest.pause();
    }
    wishes.resume();
    var standing = goOn();
    return standing instanceof Standing.Blocked ? rest.stop() : standing;
  }

  private Standing goOn() {
    redo();
    var running = look.ledger().running();
    if (running.isPresent()) {
      if (!look.onlyPlans()) {
        lock.keep();
      }
      return runningStep.watch(running.get());
    }
    look.debts().startOver();
    var next = look.ledger().next();
    return next.isPresent() ? goOn(next.get()) : done();
  }

  private Standing goOn(StepStatus next) {
    var step = look.ledger().step(next.name());
    if (look.onlyPlans() && !look.procedure().plans(step.name())) {
      return planned();
    }
    var wait = wait(step);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return new Standing.Working(
          "%s begins at %s, as the spec says. Nothing is to be done."
              .formatted(next.name(), look.now().plus(wait)),
          wait);
    }
    var gate = step.gate();
    if (gate != null && !gates.open(gate)) {
      return gates.await(next, gate);
    }
    if (step.job() == null) {
      gates.pass(next, gate);
      return goOn();
    }
    if (!look.onlyPlans() && !lock.mine()) {
      return lock.take();
    }
    return look.procedure()
        .hold(next, look.ledger().steps(), look.now())
        .map(hold -> held(next, hold))
        .orElseGet(() -> nextStep.begin(next));
  }

  /** Waiting for others is no standing still. */
  private Standing held(StepStatus next, Hold hold) {
    movement.afresh();
    if (next.state() == StepState.WAITING) {
      look.ledger().put(Steps.again(next));
    }
    hold.actions().forEach(look::act);
    return new Standing.Working(hold.message(), hold.lookAgainIn());
  }

  /** What was proven holds no more: whatever builds on it ends first. */
  private void redo() {
    look.procedure().undone(look.ledger().steps()).ifPresent(this::redo);
  }

  private void redo(Undone undone) {
    look.ledger().running().ifPresent(runningStep::giveBack);
    undone.steps().stream()
        .map(look.ledger()::get)
        .filter(step -> step.state() != StepState.SKIPPED)
        .forEach(step -> look.ledger().put(Steps.undone(step, undone.reason(), undone.message())));
    look.ledger().place();
  }

  private Duration wait(Step step) {
    return look.procedure()
        .notBefore(step, look.ledger().steps())
        .map(begin -> Duration.between(look.now(), begin))
        .orElse(Duration.ZERO);
  }

  private Standing planned() {
    return new Standing.Planned(
        "The plan is written: ConfigMap %s, key plan.txt. Nothing was changed. To go on, set spec.mode to Run."
            .formatted(plan.configMap()));
  }

  private Standing done() {
    jobs.sweep();
    var quiet = look.seen().quiet();
    if (quiet) {
      lock.release();
    }
    return new Standing.Done(
        look.procedure().finished(look.ledger().steps()), quiet ? Standing.REST : ENDING);
  }
}
