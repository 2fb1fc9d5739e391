package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.List;
import java.util.Objects;

/** Which steps share a Job, and what it is called: now, or when it was recorded. */
record Attempts(Ledger ledger, RunId run) {

  /** The attempt that would begin with this step now. */
  Attempt from(String first) {
    var job = Objects.requireNonNull(ledger.step(first).job(), first);
    var number = nextNumber(job);
    return attempt(job, number, first, JobNames.of(run.name(), job, number, run.uid()));
  }

  /** The attempt that would do what is owed now, and nothing else. */
  Attempt alone(StepStatus status) {
    var step = ledger.step(status.name());
    var number = nextNumber(Objects.requireNonNull(step.job(), step.name()));
    return alone(step, number);
  }

  Attempt alone(Step step, int number) {
    var job = Objects.requireNonNull(step.owed(), step.name()).job();
    var name = JobNames.of(run.name(), job, number, run.uid());
    return new Attempt(name, job, number, List.of(step.name()));
  }

  private int nextNumber(String job) {
    return 1 + ledger.ofJob(job).stream().mapToInt(StepStatus::attempt).max().orElse(0);
  }

  /** The attempt that a step is part of, with what is left of it. */
  Attempt of(StepStatus running) {
    var step = ledger.step(running.name());
    var job = Objects.requireNonNull(step.job(), step.name());
    return isAlone(running)
        ? alone(step, running.attempt())
        : attempt(
            job,
            running.attempt(),
            running.name(),
            Objects.requireNonNull(running.jobName(), step.name()));
  }

  /** Whether this step runs, or has run, in a Job of its own because it was owed. */
  boolean isAlone(StepStatus status) {
    var step = ledger.step(status.name());
    return step.owed() != null && alone(step, status.attempt()).jobName().equals(status.jobName());
  }

  private Attempt attempt(String job, int number, String first, String jobName) {
    var names = ledger.ofJob(job).stream().map(StepStatus::name).toList();
    var rest =
        names.subList(names.indexOf(first), names.size()).stream()
            .filter(name -> ledger.get(name).state() != StepState.SKIPPED)
            .toList();
    return new Attempt(jobName, job, number, rest);
  }
}
