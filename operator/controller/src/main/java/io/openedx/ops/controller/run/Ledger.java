package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.AttemptRecord;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps and the attempts behind them, as this pass changes them: status is their only memory.
 * At most one step is RUNNING; it names the Job that the run has, wants or has lost.
 */
final class Ledger {
  private static final int HISTORY = 10;

  private final Procedure procedure;
  private final Map<String, StepStatus> steps = new LinkedHashMap<>();
  private final List<AttemptRecord> history;

  private Ledger(Procedure procedure, List<AttemptRecord> history) {
    this.procedure = procedure;
    this.history = new ArrayList<>(history);
  }

  /** What status says, with every step of the procedure in its place. */
  static Ledger of(RunStatus status, Procedure procedure) {
    var ledger = new Ledger(procedure, status.history());
    for (var step : procedure.steps()) {
      var known =
          status.steps().stream().filter(each -> each.name().equals(step.name())).findFirst();
      ledger.put(known.orElseGet(() -> StepStatus.pending(step.name())));
    }
    ledger.place();
    return ledger;
  }

  /**
   * Steps that have not begun are in or out as the spec says now (until may move), and as the steps
   * before them have found.
   */
  void place() {
    procedure.steps().forEach(step -> put(placed(step, get(step.name()))));
  }

  private StepStatus placed(Step step, StepStatus status) {
    var left = procedure.left(step, steps());
    return switch (status.state()) {
      case PENDING, WAITING, SKIPPED ->
          left.map(why -> Steps.skipped(status, why.reason(), why.message()))
              .orElseGet(() -> status.state() == StepState.SKIPPED ? Steps.again(status) : status);
      case RUNNING, SUCCEEDED, FAILED -> status;
    };
  }

  void put(StepStatus step) {
    steps.put(step.name(), step);
  }

  StepStatus get(String name) {
    var step = steps.get(name);
    if (step == null) {
      throw new IllegalArgumentException("no step " + name);
    }
    return step;
  }

  /** The first step, which finds out what is to be done. */
  StepStatus looked() {
    return get(procedure.steps().get(0).name());
  }

  List<StepStatus> steps() {
    return List.copyOf(steps.values());
  }

  List<AttemptRecord> history() {
    return List.copyOf(history);
  }

  Optional<StepStatus> running() {
    return first(StepState.RUNNING);
  }

  Optional<StepStatus> failed() {
    return first(StepState.FAILED);
  }

  List<StepStatus> allFailed() {
    return steps.values().stream().filter(step -> step.state() == StepState.FAILED).toList();
  }

  /** The first step that is still to be done and not under way. */
  Optional<StepStatus> next() {
    return steps.values().stream()
        .filter(step -> step.state() == StepState.PENDING || step.state() == StepState.WAITING)
        .findFirst();
  }

  /** The step that the run is about, for a human: under way, failed, next or the last one. */
  StepStatus current() {
    return running().or(this::failed).or(this::next).orElseGet(() -> steps().get(steps.size() - 1));
  }

  boolean succeeded(String name) {
    return get(name).state() == StepState.SUCCEEDED;
  }

  List<Step> procedureSteps() {
    return procedure.steps();
  }

  Step step(String name) {
    return procedure.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<StepStatus> first(StepState state) {
    return steps.values().stream().filter(step -> step.state() == state).findFirst();
  }

  /** The steps that share a Job. */
  List<StepStatus> ofJob(String job) {
    return steps.values().stream().filter(step -> job.equals(step(step.name()).job())).toList();
  }

  /** An attempt ended without success and stays on record. */
  void end(
      StepStatus step,
      StepState state,
      @Nullable Integer exitCode,
      String reason,
      String message,
      Instant now) {
    end(step, state, exitCode, reason, message, step.evidence(), now);
  }

  /** The same, with what was measured before it failed. */
  void end(
      StepStatus step,
      StepState state,
      @Nullable Integer exitCode,
      String reason,
      String message,
      Map<String, String> evidence,
      Instant now) {
    put(Steps.ended(step, state, exitCode, reason, message, evidence, now));
    history.add(new AttemptRecord(step.name(), step.attempt(), now, exitCode, reason, message));
    while (history.size() > HISTORY) {
      history.remove(0);
    }
  }

  /** From one step to another, both included: as if never begun. */
  void startOver(String from, String to) {
    var names = List.copyOf(steps.keySet());
    for (var name : names.subList(names.indexOf(from), names.indexOf(to) + 1)) {
      if (get(name).state() != StepState.SKIPPED) {
        put(Steps.again(get(name)));
      }
    }
  }

  boolean complete() {
    return steps.values().stream().allMatch(Ledger::ended);
  }

  /** Nothing is to be done about it any more. */
  static boolean ended(StepStatus step) {
    return step.state() == StepState.SUCCEEDED || step.state() == StepState.SKIPPED;
  }
}
