package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode.Remedy;
import io.openedx.ops.contract.TaskReport;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What the Jobs say, entered into the ledger. */
final class Hearing {
  private final Look look;
  private final Movement movement;
  private final Reports reports;

  Hearing(Look look, Movement movement) {
    this.look = look;
    this.movement = movement;
    this.reports = new Reports(look.procedure());
  }

  /** Tasks that are done are done, whatever becomes of their Job. */
  void reports() {
    look.ledger().running().ifPresent(this::reports);
  }

  private void reports(StepStatus running) {
    var ledger = look.ledger();
    var attempt = look.attempts().of(running);
    remember(running);
    var state = look.seen().jobState(attempt.jobName());
    if (reports.enter(state, attempt, ledger, look.now())) {
      movement.afresh();
    }
    ledger
        .running()
        .ifPresent(
            step -> movement.is(reports.progress(state, step, movement.progress(), look.now())));
  }

  private void remember(StepStatus running) {
    look.seen().jobs().stream()
        .filter(job -> job.name().equals(running.jobName()))
        .findFirst()
        .ifPresent(job -> look.ledger().put(Steps.seen(running, job.uid())));
  }

  /** What a step that plans has reported just now, if it has. */
  Optional<TaskReport> found() {
    return reports.found();
  }

  /** How the Job under way ended, if it did. */
  void end() {
    look.ledger().running().ifPresent(this::end);
  }

  private void end(StepStatus step) {
    var state = look.seen().jobState(Objects.requireNonNull(step.jobName()));
    if (state instanceof JobState.Failed failed) {
      look.ledger()
          .end(
              step,
              failed.remedy() == Remedy.RETRY ? StepState.PENDING : StepState.FAILED,
              failed.exitCode(),
              failed.reason(),
              failed.message(),
              evidence(failed),
              look.now());
    } else if (state instanceof JobState.Absent && step.jobUID() != null) {
      look.ledger()
          .end(
              step,
              StepState.PENDING,
              null,
              "JobVanished",
              "Job %s was removed before it ended. A new one goes on where it stopped."
                  .formatted(step.jobName()),
              look.now());
    }
  }

  private static Map<String, String> evidence(JobState.Failed failed) {
    return failed.workers().stream()
        .flatMap(worker -> worker.reports().stream())
        .filter(report -> Objects.equals(report.exitCode().code(), failed.exitCode()))
        .reduce((first, last) -> last)
        .map(TaskReport::evidence)
        .orElse(Map.of());
  }

  /** Keys go once both the status that was read and the one to be written do without them. */
  void prune() {
    var needed = new TreeSet<String>();
    look.ledger().running().map(StepStatus::jobName).ifPresent(needed::add);
    look.seen().status().steps().stream()
        .filter(step -> step.state() == StepState.RUNNING && step.jobName() != null)
        .forEach(step -> needed.add(step.jobName()));
    var spent = new TreeSet<>(look.seen().progress().keySet());
    spent.removeIf(key -> needed.contains(Observed.jobOf(key)));
    if (!spent.isEmpty() && look.seen().activePods().isEmpty()) {
      look.act(new Action.PruneProgress(spent));
    }
  }
}
