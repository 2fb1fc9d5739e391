package io.openedx.ops.controller.aspects;

import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.Plan;
import java.util.List;

/** The plan that the worker has found out, with the hash that an approval names. */
final class AspectsPlan {
  private AspectsPlan() {}

  static Plan of(PlanReport said, List<String> risks) {
    var hash = "sha256:" + Hashes.sha256(said.identity());
    var text = new StringBuilder();
    text.append(
        """
        AspectsUpgrade: the plan
        ========================
        Hash: %s
        An approval names this hash; it changes when what will be done changes.

        %s

        Risks
        """
            .formatted(hash, said.text().strip()));
    text.append(risks.isEmpty() ? "   none found\n" : "");
    risks.forEach(risk -> text.append("   - ").append(risk).append('\n'));
    text.append("\nEstimate\n   ").append(said.estimate()).append('\n');
    text.append(
        "\n"
            + "How to stop: spec.suspend holds, spec.cancel ends; ingestion is resumed in either"
            + " case.\n");
    return new Plan(hash, text.toString(), said.pointOfNoReturn(), said.estimate());
  }
}
