package io.openedx.ops.controller.run;

import io.fabric8.kubernetes.api.model.Condition;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.PlanStatus;
import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.api.v1alpha1.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says where a run stands: once per look, last, on every path. */
final class StatusWriter {
  /** A status that differs in figures only is not written more often than this. */
  private static final Duration FIGURES_EVERY = Duration.ofSeconds(2);

  private final Observed seen;
  private final Procedure procedure;
  private final Instant now;

  StatusWriter(Observed seen, Procedure procedure, Instant now) {
    this.seen = seen;
    this.procedure = procedure;
    this.now = now;
  }

  RunStatus write(
      Ledger ledger, Standing standing, @Nullable PlanStatus plan, @Nullable Progress progress) {
    var before = seen.status();
    var outlook = Outlook.of(standing, ledger.current().name());
    return new RunStatus(
        seen.run().generation(),
        outlook.phase(),
        summary(ledger, outlook, progress),
        before.startTime() == null ? now : before.startTime(),
        outlook.ended() ? Objects.requireNonNullElse(before.completionTime(), now) : null,
        progress,
        plan,
        ledger.steps(),
        ledger.history(),
        seen.spec().retryToken(),
        conditions(ledger, outlook));
  }

  private Summary summary(Ledger ledger, Outlook outlook, @Nullable Progress progress) {
    var part = ledger.steps().stream().filter(step -> step.state() != StepState.SKIPPED).toList();
    var current = outlook.ended() ? last(part) : ledger.current();
    var percent = progress == null || progress.total() <= 0 ? null : progress.percent() + "%";
    return new Summary(
        "%d/%d %s".formatted(part.indexOf(current) + 1, part.size(), current.name()),
        outlook.phase() == Phase.SUCCEEDED ? "100%" : percent,
        outlook.message(),
        procedure.from(ledger.looked()),
        procedure.to(ledger.looked()));
  }

  /** The last step that ended well. */
  private static StepStatus last(List<StepStatus> part) {
    var last = part.get(0);
    for (var step : part) {
      if (step.state() == StepState.SUCCEEDED) {
        last = step;
      }
    }
    return last;
  }

  private List<Condition> conditions(Ledger ledger, Outlook outlook) {
    var conditions = new Conditions(seen.status().conditions(), seen.run().generation(), now);
    return List.of(
        conditions.of("Succeeded", outlook.succeeded(), outlook.reason(), outlook.calmMessage()),
        outlook.reconciling()
            ? conditions.of("Reconciling", "True", outlook.reason(), "The operator is at work.")
            : conditions.of("Reconciling", "False", outlook.reason(), "Nothing is under way."),
        outlook.stalled()
            ? conditions.of("Stalled", "True", outlook.reason(), outlook.message())
            : conditions.of("Stalled", "False", "NotStalled", "No human is needed to go on."),
        outlook.phase() == Phase.PAUSED
            ? conditions.of("Paused", "True", "Suspended", "spec.suspend is true.")
            : conditions.of("Paused", "False", "NotSuspended", "spec.suspend is false."),
        outlook.phase() == Phase.AWAITING_APPROVAL
            ? conditions.of("ApprovalRequired", "True", "GateShut", outlook.message())
            : conditions.of("ApprovalRequired", "False", "NoGateShut", "No gate waits."),
        locked(conditions, outlook),
        verified(conditions, ledger.get(procedure.proof())));
  }

  private Condition locked(Conditions conditions, Outlook outlook) {
    var type = "LockAcquired";
    var lease = "Lease " + procedure.lease();
    if (outlook.ended()) {
      return conditions.of(type, "False", "NotNeeded", "The run is at its end.");
    }
    if (seen.lock() instanceof LockState.Mine) {
      return conditions.of(type, "True", "Acquired", lease + " is held by this run.");
    }
    return seen.lock() instanceof LockState.Held held
        ? conditions.of(type, "False", "HeldByAnother", lease + " is held by " + held.by() + ".")
        : conditions.of(type, "False", "NotYetAcquired", lease + " is not held yet.");
  }

  private static Condition verified(Conditions conditions, StepStatus proof) {
    return switch (proof.state()) {
      case SUCCEEDED ->
          conditions.of(
              "Verified",
              "True",
              Objects.requireNonNullElse(proof.reason(), "Verified"),
              Objects.requireNonNullElse(proof.message(), ""));
      case FAILED ->
          conditions.of(
              "Verified",
              "False",
              Objects.requireNonNullElse(proof.reason(), "VerificationFailed"),
              Objects.requireNonNullElse(proof.message(), ""));
      case SKIPPED ->
          conditions.of("Verified", "False", "NotPartOfTheRun", "Nothing is done to be verified.");
      case PENDING, WAITING, RUNNING ->
          conditions.of("Verified", "False", "NotYetVerified", "Not verified yet.");
    };
  }

  /** Whether the two differ in figures only, and the older is too young to be replaced. */
  static boolean onlyProgress(RunStatus old, RunStatus fresh, Instant now) {
    var progress = old.progress();
    return progress != null
        && progress.lastProgressTime() != null
        && Duration.between(progress.lastProgressTime(), now).compareTo(FIGURES_EVERY) < 0
        && fresh.progress() != null
        && !fresh.equals(old)
        && withoutFigures(fresh).equals(withoutFigures(old));
  }

  private static RunStatus withoutFigures(RunStatus status) {
    return new RunStatus(
        status.observedGeneration(),
        status.phase(),
        null,
        status.startTime(),
        status.completionTime(),
        null,
        status.plan(),
        status.steps(),
        status.history(),
        status.observedRetryToken(),
        status.conditions());
  }
}
