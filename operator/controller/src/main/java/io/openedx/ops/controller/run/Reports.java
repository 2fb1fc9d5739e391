package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enters what workers report into the ledger. Pod 0 speaks for the Job; progress is anyone's. */
final class Reports {
  private static final Duration REST_COMES_WITHIN = Duration.ofSeconds(30);

  private final Procedure procedure;
  private @Nullable TaskReport found;

  Reports(Procedure procedure) {
    this.procedure = procedure;
  }

  /** What a step that plans has reported; empty when no such report came just now. */
  Optional<TaskReport> found() {
    return Optional.ofNullable(found);
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
      if (report.isEmpty() && !(state instanceof JobState.Succeeded)) {
        return entered;
      }
      var plans = procedure.plans(step.name());
      if (plans && !procedure.suffices(report.orElse(null))) {
        return lost(step, report, ledger, now) || entered;
      }
      found = plans ? report.orElse(null) : found;
      ledger.put(
          report
              .map(said -> Steps.done(step, said))
              .orElseGet(
                  () -> Steps.done(step, "Done", "Its Job succeeded; the report was lost.", now)));
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

  /**
   * The termination message is short and the ConfigMap has the rest: it may come a moment later, or
   * never.
   */
  private static boolean lost(
      StepStatus step, Optional<TaskReport> part, Ledger ledger, Instant now) {
    var soon =
        part.filter(said -> now.isBefore(said.completionTime().plus(REST_COMES_WITHIN)))
            .isPresent();
    if (!soon) {
      ledger.end(
          step,
          StepState.PENDING,
          null,
          "ReportLost",
          "It ended well, but what it reported was lost. It is done once more.",
          now);
    }
    return !soon;
  }

  /** The newest word about the step under way. */
  @Nullable Progress progress(
      JobState state, StepStatus step, @Nullable Progress before, Instant now) {
    return state.workers().stream()
        .filter(worker -> worker.running() != null)
        .max(Comparator.comparing(WorkerState::time))
        .filter(
            worker ->
                procedure
                    .stepOf(Objects.requireNonNull(worker.running()).task())
                    .filter(step.name()::equals)
                    .isPresent())
        .map(worker -> of(worker, Objects.requireNonNull(worker.running()), before, now))
        .orElse(before);
  }

  private static Progress of(
      WorkerState worker, TaskProgress said, @Nullable Progress before, Instant now) {
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
        last == null ? now : said.held() ? heldUntil(worker.time(), last, now) : last,
        said.note() == null || said.note().isEmpty() ? null : said.note());
  }

  /** A worker that gives way moves as far as it may, but only as long as it says so. */
  private static Instant heldUntil(Instant said, Instant last, Instant now) {
    var heard = said.isBefore(now) ? said : now;
    return heard.isAfter(last) ? heard : last;
  }
}
