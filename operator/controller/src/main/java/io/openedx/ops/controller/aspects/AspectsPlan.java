package io.openedx.ops.controller.aspects;

import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.Plan;

/** The plan that the worker has found out, with the hash that an approval names. */
final class AspectsPlan {
  private AspectsPlan() {}

  static Plan of(PlanReport said) {
    var hash = "sha256:" + Hashes.sha256(said.identity());
    var text =
        """
        AspectsUpgrade: the plan
        ========================
        Hash: %s
        An approval names this hash; it changes when what will be done changes.

        %s

        How to stop: spec.suspend holds, spec.cancel ends; ingestion is resumed in either case.
        """
            .formatted(hash, said.text().strip());
    return new Plan(hash, text, said.pointOfNoReturn(), said.estimate());
  }
}
