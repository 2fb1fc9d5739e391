package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.util.TreeSet;

/** The Jobs of a run that end, are held or go. */
final class RunJobs {
  /** How long a Job whose work is done may take to end by itself. */
  private static final Duration FAREWELL = Duration.ofSeconds(60);

  private final Look look;

  RunJobs(Look look) {
    this.look = look;
  }

  /**
   * A Job that no step wants any more, and that would go on, goes. One whose work is done ends by
   * itself, and its log stays.
   */
  void sweep() {
    var kept = new TreeSet<String>();
    for (var step : look.ledger().steps()) {
      if (step.jobName() != null && (step.state() == StepState.RUNNING || ending(step))) {
        kept.add(step.jobName());
      }
    }
    look.seen().jobs().stream()
        .filter(job -> job.state().goesOn() && !kept.contains(job.name()))
        .forEach(job -> look.act(new Action.DeleteJob(job.name())));
  }

  private boolean ending(StepStatus step) {
    var ended = step.completionTime();
    return step.state() == StepState.SUCCEEDED
        && ended != null
        && Duration.between(ended, look.now()).compareTo(FAREWELL) < 0;
  }

  void deleteAll() {
    look.seen().jobs().stream()
        .filter(job -> job.state().goesOn())
        .forEach(job -> look.act(new Action.DeleteJob(job.name())));
  }

  void suspendAll() {
    look.seen().jobs().stream()
        .filter(job -> job.state().goesOn() && !(job.state() instanceof JobState.Suspended))
        .forEach(job -> look.act(new Action.SuspendJob(job.name())));
  }
}
