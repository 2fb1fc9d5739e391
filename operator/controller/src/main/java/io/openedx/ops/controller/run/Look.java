package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Mode;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.api.v1alpha1.StepState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One look at a run: what is seen, and what this pass makes of it.
 *
 * @param ledger changes during the look
 * @param actions grow during the look, in the order in which they are to be done
 */
record Look(Observed seen, Procedure procedure, Instant now, Ledger ledger, List<Action> actions) {

  static Look at(Observed seen, Procedure procedure, Instant instant) {
    return new Look(
        seen,
        procedure,
        instant.truncatedTo(ChronoUnit.SECONDS),
        Ledger.of(seen.status(), procedure),
        new ArrayList<>());
  }

  Attempts attempts() {
    return new Attempts(ledger, seen.run());
  }

  Debts debts() {
    return new Debts(ledger);
  }

  RunSpec spec() {
    return seen.spec();
  }

  boolean onlyPlans() {
    return spec().mode() == Mode.PLAN;
  }

  /**
   * Nothing that could change something runs any more: invariant 3, two Jobs of one run never run
   * at once. The Job that only looks may end beside the next one: it costs two seconds to see a
   * pod's end, and its work is done once its report is in.
   */
  boolean quiet() {
    var first = procedure.steps().get(0);
    var looked = ledger.get(first.name());
    var alone =
        procedure.steps().stream()
            .skip(1)
            .noneMatch(step -> Objects.equals(step.job(), first.job()));
    return seen.quietBut(alone && looked.state() == StepState.SUCCEEDED ? looked.jobName() : null);
  }

  void act(Action action) {
    actions.add(action);
  }
}
