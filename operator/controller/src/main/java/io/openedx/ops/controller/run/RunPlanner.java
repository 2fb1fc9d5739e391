package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.GatePolicy;
import io.openedx.ops.api.v1alpha1.Mode;
import io.openedx.ops.api.v1alpha1.PlanStatus;
import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next in a run. One object is one look: what the Jobs say is entered into the
 * ledger, what the user asks for is obeyed, then the run goes at most one step on.
 *
 * <p>An attempt is entered into status first and its Job is asked for by a later look, one that
 * finds the attempt in the status it was given. So a Job that nobody remembers cannot exist.
 */
public final class RunPlanner {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration ENDING = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(60);
  private static final Duration SECRET_PATIENCE = Duration.ofSeconds(5);
  private static final String REMEDY = "Then set a new spec.retryToken to try again.";

  private final Observed seen;
  private final Procedure procedure;
  private final Instant now;
  private final Ledger ledger;
  private final Reports reports;
  private final List<Action> actions = new ArrayList<>();
  private @Nullable PlanStatus plan;
  private @Nullable Progress progress;

  private RunPlanner(Observed seen, Procedure procedure, Instant now) {
    this.seen = seen;
    this.procedure = procedure;
    this.now = now;
    this.ledger = Ledger.of(seen.status(), procedure);
    this.reports = new Reports(procedure);
    this.plan = seen.status().plan();
    this.progress = seen.status().progress();
  }

  /** One look at a run that lives. */
  public static Decision decide(Observed seen, Procedure procedure, Instant instant) {
    var planner = new RunPlanner(seen, procedure, instant.truncatedTo(ChronoUnit.SECONDS));
    return planner.decide();
  }

  private Decision decide() {
    var refusal = procedure.refusal();
    var standing =
        refusal.isPresent()
            ? new Standing.Blocked(refusal.get().reason(), refusal.get().message())
            : stand();
    var status =
        new StatusWriter(seen, procedure, now).write(ledger, standing, plan, atRest(standing));
    if (StatusWriter.onlyProgress(seen.status(), status, now)) {
      return new Decision(seen.status(), actions, Duration.ofSeconds(1));
    }
    actions.addAll(Journal.between(seen.status(), status, seen.run()));
    return new Decision(status, actions, standing.checkAgainIn());
  }

  private @Nullable Progress atRest(Standing standing) {
    return standing instanceof Standing.Working
            || standing instanceof Standing.Retrying
            || standing instanceof Standing.Paused
            || standing instanceof Standing.Blocked
        ? progress
        : null;
  }

  private Standing stand() {
    obeyRetryToken();
    readReports();
    makePlan();
    prune();
    if (ledger.complete()) {
      return done();
    }
    if (seen.spec().cancel()) {
      return cancel();
    }
    hear();
    sweep();
    var failed = ledger.failed();
    if (failed.isPresent()) {
      return blocked(failed.get());
    }
    if (seen.spec().suspend()) {
      return pause();
    }
    if (wasPaused()) {
      alive();
    }
    return goOn();
  }

  // What the Jobs say

  /** Tasks that are done are done, whatever becomes of their Job. */
  private void readReports() {
    ledger
        .running()
        .ifPresent(
            running -> {
              var attempt = ledger.attemptOf(running);
              remember(running);
              var state = seen.jobState(attempt.jobName());
              if (reports.enter(state, attempt, ledger, now)) {
                progress = Texts.touched(null, now);
              }
              ledger
                  .running()
                  .ifPresent(step -> progress = reports.progress(state, step, progress, now));
            });
  }

  private void remember(StepStatus running) {
    seen.jobs().stream()
        .filter(job -> job.name().equals(running.jobName()))
        .findFirst()
        .ifPresent(job -> ledger.put(Steps.seen(running, job.uid())));
  }

  /** How the Job under way ended, if it did. */
  private void hear() {
    var running = ledger.running();
    if (running.isEmpty()) {
      return;
    }
    var step = running.get();
    var state = seen.jobState(Objects.requireNonNull(step.jobName()));
    if (state instanceof JobState.Failed failed) {
      var remedy = failed.remedy();
      ledger.end(
          step,
          remedy == Remedy.RETRY ? StepState.PENDING : StepState.FAILED,
          failed.exitCode(),
          failed.reason(),
          failed.message(),
          now);
    } else if (state instanceof JobState.Absent && step.jobUID() != null) {
      ledger.end(
          step,
          StepState.PENDING,
          null,
          "JobVanished",
          "Job %s was removed before it ended. A new one goes on where it stopped."
              .formatted(step.jobName()),
          now);
    }
  }

  /**
   * A Job that no step wants any more, and that would go on, goes. One whose work is done ends by
   * itself, and its log stays.
   */
  private void sweep() {
    var kept = new TreeSet<String>();
    for (var step : ledger.steps()) {
      var ended = step.completionTime();
      var ending =
          step.state() == StepState.SUCCEEDED
              && ended != null
              && Duration.between(ended, now).compareTo(FAREWELL) < 0;
      if (step.jobName() != null && (ending || step.state() == StepState.RUNNING)) {
        kept.add(step.jobName());
      }
    }
    seen.jobs().stream()
        .filter(job -> job.state().goesOn() && !kept.contains(job.name()))
        .forEach(job -> actions.add(new Action.DeleteJob(job.name())));
  }

  /** Keys go once both the status that was read and the one to be written do without them. */
  private void prune() {
    var needed = new TreeSet<String>();
    ledger.running().map(StepStatus::jobName).ifPresent(needed::add);
    seen.status().steps().stream()
        .filter(step -> step.state() == StepState.RUNNING && step.jobName() != null)
        .forEach(step -> needed.add(step.jobName()));
    var spent = new TreeSet<>(seen.progress().keySet());
    spent.removeIf(key -> needed.contains(Observed.jobOf(key)));
    if (!spent.isEmpty() && seen.activePods() == 0) {
      actions.add(new Action.PruneProgress(spent));
    }
  }

  private void makePlan() {
    var looked = ledger.get(procedure.steps().get(0).name());
    if (looked.state() != StepState.SUCCEEDED) {
      return;
    }
    var risks = reports.risks().orElse(plan == null ? List.of() : plan.risks());
    var made = procedure.plan(looked, risks);
    var configMap = seen.run().name() + "-plan";
    var written =
        new PlanStatus(made.hash(), made.pointOfNoReturn(), risks, made.estimate(), configMap);
    if (!written.equals(plan)) {
      plan = written;
      actions.add(new Action.WritePlan(configMap, made.text()));
    }
  }

  // What the user asks for

  /** A new token tries a failed step again, and does not wait for one that is to be tried. */
  private void obeyRetryToken() {
    var token = seen.spec().retryToken();
    var first = seen.status().startTime() == null;
    if (first || token == null || token.equals(seen.status().observedRetryToken())) {
      return;
    }
    ledger
        .failed()
        .ifPresent(failed -> ledger.startOver(procedure.restartAt(failed), failed.name()));
    ledger.next().filter(Retry::due).ifPresent(step -> ledger.put(Steps.again(step)));
    alive();
  }

  private Standing cancel() {
    seen.jobs().stream()
        .filter(job -> job.state().goesOn())
        .forEach(job -> actions.add(new Action.DeleteJob(job.name())));
    if (!quiet()) {
      return new Standing.Cancelling(
          "Cancelling: the pods end after the chunk under way. Nothing is to be done.");
    }
    ledger
        .running()
        .ifPresent(
            step ->
                ledger.end(
                    step,
                    StepState.FAILED,
                    null,
                    "Cancelled",
                    "Cancelled by spec.cancel before it was done.",
                    now));
    releaseLock();
    return new Standing.Cancelled(procedure.abandoned(ledger.steps()));
  }

  private Standing pause() {
    seen.jobs().stream()
        .filter(job -> job.state().goesOn() && !(job.state() instanceof JobState.Suspended))
        .forEach(job -> actions.add(new Action.SuspendJob(job.name())));
    var current = ledger.current().name();
    return seen.activePods() == 0
        ? new Standing.Paused(
            "Paused at %s by spec.suspend. Nothing is lost; set spec.suspend to false to go on."
                .formatted(current),
            Standing.REST)
        : new Standing.Paused(
            "Pausing at %s: the pods end after the chunk under way.".formatted(current), ENDING);
  }

  private boolean wasPaused() {
    return seen.status().conditions().stream()
        .anyMatch(each -> each.getType().equals("Paused") && each.getStatus().equals("True"));
  }

  // Going on

  private Standing goOn() {
    var running = ledger.running();
    if (running.isPresent()) {
      return watch(running.get());
    }
    var next = ledger.next();
    if (next.isEmpty()) {
      return done();
    }
    var step = ledger.step(next.get().name());
    var looks = step.equals(procedure.steps().get(0));
    if (seen.spec().mode() == Mode.PLAN && !looks) {
      return new Standing.Planned(
          "The plan is written: ConfigMap %s, key plan.txt. Nothing was changed. To go on, set spec.mode to Run."
              .formatted(plan == null ? "" : plan.configMapRef()));
    }
    var gate = step.gate();
    if (gate != null && !open(gate)) {
      return await(next.get(), gate);
    }
    if (step.job() == null) {
      return pass(next.get(), gate);
    }
    if (seen.spec().mode() != Mode.PLAN && !(seen.lock() instanceof LockState.Mine)) {
      return lock();
    }
    return start(next.get());
  }

  private Standing start(StepStatus next) {
    if (!Retry.due(next)) {
      progress = Texts.touched(null, now);
    } else if (stoodStillFor().compareTo(deadline()) > 0) {
      return stall(
          next,
          "NoProgress",
          "%d attempts and no progress for %d s (timeouts.progressDeadlineSeconds). Last: %s"
              .formatted(
                  next.attempt(),
                  seen.spec().timeouts().progressDeadlineSeconds(),
                  next.message()));
    }
    var wait = Retry.wait(next, now);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return new Standing.Retrying(
          "%s is tried again at %s (attempt %d): %s"
              .formatted(next.name(), now.plus(wait), next.attempt() + 1, next.message()),
          wait);
    }
    if (!quiet()) {
      return new Standing.Working(
          "%s begins when the pods of the step before have ended.".formatted(next.name()), ENDING);
    }
    var attempt = ledger.attemptFrom(next.name(), seen.run().name(), seen.run().uid());
    ledger.put(Steps.begun(next, attempt, null, now));
    return new Standing.Working("%s begins.".formatted(next.name()), AT_ONCE);
  }

  /** No pod works and no Job will make one: invariant 3, two Jobs of one run never run at once. */
  private boolean quiet() {
    return seen.activePods() == 0 && seen.jobs().stream().allMatch(job -> job.state().ended());
  }

  private Standing watch(StepStatus running) {
    if (seen.spec().mode() != Mode.PLAN) {
      keepLock();
    }
    var job = Objects.requireNonNull(running.jobName());
    var state = seen.jobState(job);
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
      return pending(running, pending);
    }
    return overdue()
        ? noProgress(running, "")
        : working(Texts.progress(procedure.doing(running.name()), progress));
  }

  /** After a pause: a new Job with what is left and with the settings of now. */
  private Standing renew(StepStatus running, String job) {
    actions.add(new Action.DeleteJob(job));
    ledger.put(Steps.again(running));
    return new Standing.Working("%s goes on after the pause.".formatted(running.name()), ENDING);
  }

  /** Only for an attempt that the status we were given holds, and only into silence. */
  private Standing create(StepStatus running) {
    var recorded =
        seen.status().steps().stream()
            .anyMatch(
                step ->
                    step.state() == StepState.RUNNING
                        && Objects.equals(step.jobName(), running.jobName()));
    if (!recorded) {
      return working("%s begins.".formatted(running.name()));
    }
    if (!quiet()) {
      return new Standing.Working(
          "%s begins when the pods of the step before have ended.".formatted(running.name()),
          ENDING);
    }
    if (!seen.progressExists()) {
      actions.add(new Action.EnsureProgress());
    }
    actions.add(new Action.CreateJob(ledger.attemptOf(running)));
    return new Standing.Working("%s: its pod starts.".formatted(running.name()), HEARTBEAT);
  }

  private Standing pending(StepStatus running, JobState.Pending pending) {
    var waited = Duration.between(pending.since(), now);
    if (pending.why() == JobState.Pending.Why.SECRET && waited.compareTo(SECRET_PATIENCE) >= 0) {
      actions.add(new Action.DeleteJob(Objects.requireNonNull(running.jobName())));
      return stall(running, "SecretMissing", pending.message());
    }
    if (overdue()) {
      return noProgress(running, pending.message());
    }
    var again =
        pending.why() == JobState.Pending.Why.SECRET
            ? SECRET_PATIENCE.minus(waited).plusSeconds(1)
            : HEARTBEAT;
    return new Standing.Working(
        "%s waits for its pod: %s".formatted(running.name(), pending.message()), again);
  }

  private static Standing working(String message) {
    return new Standing.Working(message, HEARTBEAT);
  }

  // Standing still

  private void alive() {
    progress = Texts.touched(progress, now);
  }

  private Duration deadline() {
    return Duration.ofSeconds(seen.spec().timeouts().progressDeadlineSeconds());
  }

  private Duration stoodStillFor() {
    var last = progress == null ? null : progress.lastProgressTime();
    return last == null ? Duration.ZERO : Duration.between(last, now);
  }

  private boolean overdue() {
    if (progress == null || progress.lastProgressTime() == null) {
      alive();
    }
    return stoodStillFor().compareTo(deadline()) > 0;
  }

  private Standing noProgress(StepStatus running, String why) {
    actions.add(new Action.DeleteJob(Objects.requireNonNull(running.jobName())));
    return stall(
        running,
        "NoProgress",
        "no progress for %d s (timeouts.progressDeadlineSeconds). %s"
            .formatted(
                seen.spec().timeouts().progressDeadlineSeconds(),
                why.isEmpty()
                    ? "Look at the pod's log: kubectl logs job/" + running.jobName() + "."
                    : why));
  }

  private Standing stall(StepStatus step, String reason, String message) {
    ledger.end(step, StepState.FAILED, null, reason, message, now);
    return blocked(ledger.get(step.name()));
  }

  private Standing blocked(StepStatus failed) {
    var why = Procedure.Reason.of(failed.reason(), failed.message());
    var message = why.message();
    return new Standing.Blocked(
        why.reason(),
        message.contains("retryToken")
            ? failed.name() + ": " + message
            : "%s: %s %s".formatted(failed.name(), message, REMEDY));
  }

  // Gates

  private boolean open(Gate gate) {
    return seen.spec().gates().of(gate) == GatePolicy.AUTO
        || seen.spec().approvals().stream()
            .anyMatch(
                given ->
                    given.gate() == gate && plan != null && given.planHash().equals(plan.hash()));
  }

  private Standing await(StepStatus step, Gate gate) {
    var message = Texts.approval(procedure, gate, plan, seen);
    ledger.put(Steps.waiting(step, message));
    return new Standing.Awaiting(gate, message);
  }

  /** A step that is its gate alone. */
  private Standing pass(StepStatus step, @Nullable Gate gate) {
    var auto = gate == null || seen.spec().gates().of(gate) == GatePolicy.AUTO;
    ledger.put(
        Steps.done(
            step,
            auto ? "Auto" : "Approved",
            auto
                ? "Nobody was asked: spec.gates." + Texts.name(gate) + " is Auto."
                : "Confirmed by an approval of this plan in spec.approvals.",
            now));
    return goOn();
  }

  // The lock

  private Standing lock() {
    keepLock();
    if (seen.lock() instanceof LockState.Held held) {
      return new Standing.Queued(
          "Queued behind %s, which works on the same table. This run begins when that one is at its end; nothing is to be done."
              .formatted(held.by()));
    }
    return new Standing.Working("Takes the lock of %s.".formatted(procedure.from()), ENDING);
  }

  private void keepLock() {
    if (seen.lock() instanceof LockState.Free) {
      actions.add(new Action.AcquireLock(procedure.lease(), null));
    } else if (seen.lock() instanceof LockState.Stale stale) {
      actions.add(new Action.AcquireLock(procedure.lease(), stale.resourceVersion()));
    }
  }

  private void releaseLock() {
    if (seen.lock() instanceof LockState.Mine) {
      actions.add(new Action.ReleaseLock(procedure.lease()));
    }
  }

  private Standing done() {
    sweep();
    var quiet = quiet();
    if (quiet) {
      releaseLock();
    }
    return new Standing.Done(procedure.finished(ledger.steps()), quiet ? Standing.REST : ENDING);
  }

  /**
   * One look at a run whose resource is to be deleted.
   *
   * @return the actions; done when no pod works any more
   */
  public static Farewell farewell(Observed seen, Procedure procedure) {
    var actions = new ArrayList<Action>();
    seen.jobs().stream()
        .filter(job -> job.state().goesOn())
        .forEach(job -> actions.add(new Action.DeleteJob(job.name())));
    var silent =
        seen.activePods() == 0 && seen.jobs().stream().allMatch(job -> job.state().ended());
    if (silent) {
      if (!seen.progress().isEmpty()) {
        actions.add(new Action.PruneProgress(seen.progress().keySet()));
      }
      if (seen.lock() instanceof LockState.Mine) {
        actions.add(new Action.ReleaseLock(procedure.lease()));
      }
      actions.add(
          new Action.EmitEvent(
              Action.EmitEvent.Severity.NORMAL,
              "RunDeleted",
              procedure.abandoned(Ledger.of(seen.status(), procedure).steps()),
              "deleted"));
    }
    return new Farewell(actions, silent);
  }

  /**
   * What is to be done before a resource may go.
   *
   * @param done nothing works for it any more
   */
  public record Farewell(List<Action> actions, boolean done) {
    public Farewell {
      actions = List.copyOf(actions);
    }
  }
}
