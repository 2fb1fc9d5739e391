package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Mode;
import io.openedx.ops.api.v1alpha1.RunSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

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

  RunSpec spec() {
    return seen.spec();
  }

  boolean onlyPlans() {
    return spec().mode() == Mode.PLAN;
  }

  void act(Action action) {
    actions.add(action);
  }
}
