package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run leaves behind in its site and must make good: no run rests, for whatever reason,
 * before that is done, or has failed and says so.
 */
final class Debts {
  private final Ledger ledger;

  Debts(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The step that must be done before the run may rest. It is owed from the moment in which an
   * attempt is recorded that holds the step it makes good: how far a pod has come is not always
   * heard. One that has failed is not owed any more; a human must act.
   */
  Optional<StepStatus> owed() {
    return steps().stream()
        .filter(step -> mayHaveBegun(since(step)))
        .map(step -> ledger.get(step.name()))
        .filter(
            status ->
                switch (status.state()) {
                  case PENDING, WAITING, RUNNING -> true;
                  case SUCCEEDED, FAILED, SKIPPED -> false;
                })
        .findFirst();
  }

  /** An attempt is about to be recorded: what it leaves behind is owed again. */
  void begin(Attempt attempt) {
    for (var step : steps()) {
      if (attempt.steps().contains(since(step)) && ledger.succeeded(step.name())) {
        ledger.put(Steps.again(ledger.get(step.name())));
      }
    }
  }

  /**
   * What was owed is done, because the run had stopped, and now the run goes on: the steps that
   * need what was made good begin anew.
   */
  void startOver() {
    for (var step : steps()) {
      var between = between(step);
      if (ledger.succeeded(step.name()) && !between.stream().allMatch(Ledger::ended)) {
        ledger.startOver(since(step), between.get(between.size() - 1).name());
      }
    }
  }

  private List<StepStatus> between(Step owed) {
    var all = ledger.steps();
    return all.subList(all.indexOf(ledger.get(since(owed))), all.indexOf(ledger.get(owed.name())));
  }

  private boolean mayHaveBegun(String since) {
    var upTo = new ArrayList<StepStatus>();
    for (var step : ledger.ofJob(Objects.requireNonNull(ledger.step(since).job(), since))) {
      upTo.add(step);
      if (step.name().equals(since)) {
        break;
      }
    }
    return upTo.stream().anyMatch(step -> step.attempt() > 0);
  }

  private List<Step> steps() {
    return ledger.procedureSteps().stream()
        .filter(step -> step.owed() != null)
        .filter(step -> ledger.get(step.name()).state() != StepState.SKIPPED)
        .toList();
  }

  private static String since(Step step) {
    return Objects.requireNonNull(step.owed(), step.name()).since();
  }
}
