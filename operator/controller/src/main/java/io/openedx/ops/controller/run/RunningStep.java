package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.util.Objects;

/** The step under way: its Job is made, watched, renewed after a pause, or given up. */
final class RunningStep {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration ENDING = Duration.ofSeconds(2);
  private static final Duration SECRET_PATIENCE = Duration.ofSeconds(5);

  private final Look look;
  private final Movement movement;
  private final Stall stall;

  RunningStep(Look look, Movement movement, Stall stall) {
    this.look = look;
    this.movement = movement;
    this.stall = stall;
  }

  Standing watch(StepStatus running) {
    var job = Objects.requireNonNull(running.jobName());
    var state = look.seen().jobState(job);
    if (state instanceof JobState.Absent) {
      return create(running);
    }
    if (state instanceof JobState.Suspended) {
      return renew(running, job);
    }
    if (state instanceof JobState.Ending) {
      return new Standing.Working(
          "%s: its Job is being removed.".formatted(running.name()), ENDING);
    }
    if (state instanceof JobState.Pending pending) {
      return pending(running, job, pending);
    }
    var doing = look.procedure().doing(running.name());
    return movement.overdue()
        ? stall.noProgress(running, lastWord(job))
        : working(Texts.progress(doing, movement.progress()));
  }

  private String lastWord(String job) {
    return movement.note().isEmpty()
        ? ""
        : "Its last word: %s The pod's log: kubectl logs job/%s."
            .formatted(Texts.ended(movement.note()), job);
  }

  /** Only for an attempt that the status we were given holds, and only into silence. */
  private Standing create(StepStatus running) {
    if (!recorded(running)) {
      return working("%s begins.".formatted(running.name()));
    }
    if (!look.quiet()) {
      return new Standing.Working(
          "%s begins when the pods of the step before have ended.".formatted(running.name()),
          ENDING);
    }
    if (!look.seen().progressExists()) {
      look.act(new Action.EnsureProgress());
    }
    look.procedure().documents(running.name()).forEach(look::act);
    look.act(new Action.CreateJob(look.attempts().of(running)));
    return working("%s: its pod starts.".formatted(running.name()));
  }

  private boolean recorded(StepStatus running) {
    return look.seen().status().steps().stream()
        .anyMatch(
            step ->
                step.state() == StepState.RUNNING
                    && Objects.equals(step.jobName(), running.jobName()));
  }

  /** After a pause: a new Job with what is left and with the settings of now. */
  private Standing renew(StepStatus running, String job) {
    look.act(new Action.DeleteJob(job));
    look.ledger().put(Steps.again(running));
    return new Standing.Working("%s goes on after the pause.".formatted(running.name()), ENDING);
  }

  /** It ends now, and begins anew when its turn comes again. */
  void giveBack(StepStatus running) {
    look.seen().jobs().stream()
        .filter(job -> job.name().equals(running.jobName()) && job.state().goesOn())
        .forEach(job -> look.act(new Action.DeleteJob(job.name())));
    look.ledger().put(Steps.again(running));
  }

  private Standing pending(StepStatus running, String job, JobState.Pending pending) {
    var secret = pending.why() == JobState.Pending.Why.SECRET;
    var waited = Duration.between(pending.since(), look.now());
    if (secret && waited.compareTo(SECRET_PATIENCE) >= 0) {
      look.act(new Action.DeleteJob(job));
      return stall.of(running, "SecretMissing", pending.message());
    }
    if (movement.overdue()) {
      return stall.noProgress(running, pending.message());
    }
    return new Standing.Working(
        "%s waits for its pod: %s".formatted(running.name(), pending.message()),
        secret ? SECRET_PATIENCE.minus(waited).plusSeconds(1) : HEARTBEAT);
  }

  private static Standing working(String message) {
    return new Standing.Working(message, HEARTBEAT);
  }
}
