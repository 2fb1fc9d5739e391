package io.openedx.ops.controller.run;

import io.fabric8.kubernetes.api.model.Condition;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.controller.run.Action.EmitEvent;
import io.openedx.ops.controller.run.Action.EmitEvent.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of a run: one per transition, read off the two statuses around it. */
final class Journal {
  private final RunStatus old;
  private final RunStatus fresh;
  private final List<EmitEvent> events = new ArrayList<>();

  private Journal(RunStatus old, RunStatus fresh) {
    this.old = old;
    this.fresh = fresh;
  }

  static List<EmitEvent> between(RunStatus old, RunStatus fresh, RunId run) {
    if (old.equals(fresh)) {
      return List.of();
    }
    var journal = new Journal(old, fresh);
    journal.control(run);
    fresh.steps().forEach(journal::step);
    journal.plan();
    journal.conditions();
    journal.queued();
    return List.copyOf(journal.events);
  }

  private void control(RunId run) {
    if (old.startTime() != null
        && fresh.completionTime() == null
        && fresh.observedRetryToken() != null
        && !fresh.observedRetryToken().equals(old.observedRetryToken())) {
      say("RetryRequested", "spec.retryToken is new: tries again.", "g" + run.generation());
    }
  }

  private void step(StepStatus step) {
    var before =
        old.steps().stream()
            .filter(each -> each.name().equals(step.name()))
            .findFirst()
            .orElseGet(() -> StepStatus.pending(step.name()));
    var key = step.name() + "/" + step.attempt();
    if (step.state() == StepState.PENDING
        && step.completionTime() != null
        && !step.completionTime().equals(before.completionTime())) {
      warn("StepRetrying", step.name() + ": " + step.message(), key);
    }
    if (before.state() == StepState.SUCCEEDED && step.state() == StepState.PENDING) {
      warn("StepUndone", step.name() + ": " + step.message(), key);
    } else if (before.state() == StepState.SUCCEEDED && step.state() == StepState.RUNNING) {
      warn("StepUndone", step.name() + ": what it proved is in doubt; it is done again.", key);
    }
    if (step.state() == before.state() && step.attempt() == before.attempt()) {
      return;
    }
    switch (step.state()) {
      case RUNNING ->
          say(
              "StepStarted",
              "%s started, attempt %d, Job %s"
                  .formatted(step.name(), step.attempt(), step.jobName()),
              key);
      case SUCCEEDED -> say("StepSucceeded", step.name() + ": " + step.message(), key);
      case FAILED -> warn("StepFailed", step.name() + ": " + step.message(), key);
      case PENDING, WAITING, SKIPPED -> {}
    }
  }

  private void plan() {
    var plan = fresh.plan();
    if (plan != null && (old.plan() == null || !old.plan().hash().equals(plan.hash()))) {
      say(
          "PlanWritten",
          "Plan %s is in ConfigMap %s. %s"
              .formatted(plan.hash(), plan.configMapRef(), plan.estimate()),
          plan.hash());
    }
  }

  private void conditions() {
    flipped("ApprovalRequired", "True").ifPresent(c -> say("ApprovalRequired", c));
    flipped("ApprovalRequired", "False")
        .filter(c -> fresh.phase() != Phase.PAUSED && fresh.phase() != Phase.CANCELLED)
        .filter(c -> fresh.steps().stream().noneMatch(s -> s.state() == StepState.WAITING))
        .ifPresent(c -> say("ApprovalGiven", opened(), c.getLastTransitionTime()));
    flipped("Paused", "True").ifPresent(c -> say("Suspended", c));
    flipped("Paused", "False")
        .ifPresent(c -> say("Resumed", "Goes on.", c.getLastTransitionTime()));
    flipped("LockAcquired", "True").ifPresent(c -> say("LockAcquired", c));
    flipped("Stalled", "True")
        .filter(c -> fresh.phase() == Phase.BLOCKED)
        .ifPresent(c -> warn("Stalled", c.getMessage(), c.getLastTransitionTime()));
    flipped("Succeeded", "True")
        .filter(c -> fresh.phase() == Phase.SUCCEEDED)
        .ifPresent(c -> say("RunSucceeded", c));
    flipped("Succeeded", "False").ifPresent(c -> say("Cancelled", c));
  }

  private String opened() {
    return old.steps().stream()
        .filter(step -> step.state() == StepState.WAITING)
        .findFirst()
        .map(step -> "The gate before %s is open.".formatted(step.name()))
        .orElse("The gate is open.");
  }

  private void queued() {
    if (fresh.phase() == Phase.QUEUED && old.phase() != Phase.QUEUED) {
      say("Queued", message(), String.valueOf(fresh.observedGeneration()));
    }
  }

  private String message() {
    return fresh.summary() == null ? "" : Objects.requireNonNullElse(fresh.summary().message(), "");
  }

  /** The condition, if it has this status now and had another one; a first False is no news. */
  private Optional<Condition> flipped(String type, String status) {
    var before = find(old, type);
    return find(fresh, type)
        .filter(each -> each.getStatus().equals(status))
        .filter(
            each -> before.map(b -> !b.getStatus().equals(status)).orElse(status.equals("True")));
  }

  private static Optional<Condition> find(RunStatus status, String type) {
    return status.conditions().stream().filter(each -> each.getType().equals(type)).findFirst();
  }

  private void say(String reason, Condition condition) {
    say(reason, condition.getMessage(), condition.getLastTransitionTime());
  }

  private void say(String reason, String note, @Nullable String key) {
    events.add(new EmitEvent(Severity.NORMAL, reason, note, String.valueOf(key)));
  }

  private void warn(String reason, String note, @Nullable String key) {
    events.add(new EmitEvent(Severity.WARNING, reason, note, String.valueOf(key)));
  }
}
