package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    deleteBut(wanted().map(StepStatus::jobName).collect(Collectors.toSet()));
  }

  /** What is owed is done in a Job of its own, whatever else ends. */
  void deleteAllButOwed() {
    deleteBut(owed());
  }

  void deleteBut(Set<@Nullable String> kept) {
    look.seen().jobs().stream()
        .filter(job -> job.state().goesOn() && !kept.contains(job.name()))
        .forEach(job -> look.act(new Action.DeleteJob(job.name())));
  }

  void suspendAllButOwed() {
    var kept = owed();
    look.seen().jobs().stream()
        .filter(job -> job.state().goesOn() && !(job.state() instanceof JobState.Suspended))
        .filter(job -> !kept.contains(job.name()))
        .forEach(job -> look.act(new Action.SuspendJob(job.name())));
  }

  /** No pod works but for what is owed. */
  boolean quietButOwed() {
    var kept = owed();
    return look.seen().activePods().stream().allMatch(kept::contains)
        && look.seen().jobs().stream()
            .allMatch(job -> kept.contains(job.name()) || job.state().ended());
  }

  boolean podsButOwed() {
    return !owed().containsAll(look.seen().activePods());
  }

  private Set<@Nullable String> owed() {
    var attempts = look.attempts();
    return wanted().filter(attempts::isAlone).map(StepStatus::jobName).collect(Collectors.toSet());
  }

  private Stream<StepStatus> wanted() {
    return look.ledger().steps().stream()
        .filter(
            step -> step.jobName() != null && (step.state() == StepState.RUNNING || ending(step)));
  }

  private boolean ending(StepStatus step) {
    var ended = step.completionTime();
    return step.state() == StepState.SUCCEEDED
        && ended != null
        && Duration.between(ended, look.now()).compareTo(FAREWELL) < 0;
  }
}
