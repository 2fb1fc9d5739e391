package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkerState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enters what workers report into the ledger. Pod 0 speaks for the Job; progress is anyone's. */
final class Reports {
  private final Procedure procedure;
  private @Nullable List<String> risks;

  Reports(Procedure procedure) {
    this.procedure = procedure;
  }

  /** What the look at both sides found worth a thought; empty when no such report came just now. */
  Optional<List<String>> risks() {
    return Optional.ofNullable(risks);
  }

  /**
   * Every task that is done ends its step and begins the next.
   *
   * @return whether anything is new
   */
  boolean enter(JobState state, Attempt attempt, Ledger ledger, Instant now) {
    var entered = false;
    for (var running = ledger.running();
        running.isPresent() && attempt.steps().contains(running.get().name());
        running = ledger.running()) {
      var step = running.get();
      var report = done(state, step.name());
      if (report.isPresent()) {
        ledger.put(Steps.done(step, report.get()));
        keepRisks(report.get());
      } else if (state instanceof JobState.Succeeded) {
        ledger.put(Steps.done(step, "Done", "Its Job succeeded; the report was lost.", now));
      } else {
        return entered;
      }
      entered = true;
      beginNext(attempt, step, ledger, now);
    }
    return entered;
  }

  private static void beginNext(Attempt attempt, StepStatus ended, Ledger ledger, Instant now) {
    var place = attempt.steps().indexOf(ended.name()) + 1;
    if (place < attempt.steps().size()) {
      var next = ledger.get(attempt.steps().get(place));
      ledger.put(Steps.begun(next, attempt, ended.jobUID(), now));
    }
  }

  private Optional<TaskReport> done(JobState state, String step) {
    return state.workers().stream()
        .filter(worker -> worker.index() == 0)
        .flatMap(worker -> worker.reports().stream())
        .filter(report -> report.exitCode() == ExitCode.DONE)
        .filter(report -> procedure.stepOf(report.task()).filter(step::equals).isPresent())
        .findFirst();
  }

  private void keepRisks(TaskReport report) {
    var first = procedure.steps().get(0).name();
    if (procedure.stepOf(report.task()).filter(first::equals).isPresent()) {
      risks =
          report.findings().stream()
              .filter(finding -> finding.severity() == Finding.Severity.RISK)
              .map(finding -> finding.check() + ": " + finding.message())
              .toList();
    }
  }

  /** The newest word about the step under way. */
  @Nullable Progress progress(
      JobState state, StepStatus step, @Nullable Progress before, Instant now) {
    return state.workers().stream()
        .filter(worker -> worker.running() != null)
        .max(Comparator.comparing(WorkerState::time))
        .map(WorkerState::running)
        .filter(said -> procedure.stepOf(said.task()).filter(step.name()::equals).isPresent())
        .map(said -> of(said, before, now))
        .orElse(before);
  }

  private static Progress of(TaskProgress said, @Nullable Progress before, Instant now) {
    var same =
        before != null
            && before.done() == said.done()
            && before.total() == said.total()
            && Objects.equals(before.unit(), said.unit());
    var last = before == null || !same ? null : before.lastProgressTime();
    return new Progress(
        Texts.percent(said.done(), said.total()),
        said.done(),
        said.total(),
        said.unit(),
        Math.round(said.rate()),
        Texts.eta(said),
        said.etaTime() == null
            ? null
            : said.etaTime().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
        last == null ? now : last,
        said.note() == null || said.note().isEmpty() ? null : said.note());
  }
}
