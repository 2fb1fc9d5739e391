package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.schema.Fit;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** A new table that is there already can take every old row. */
final class NewTable implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var findings = Fit.judge(look.target().label(), look.old(), look.extended());
    return findings.isEmpty()
        ? List.of(
            Found.ok(
                "NewTable", "%s: %s is as expected.", look.target().label(), look.extendedName()))
        : findings;
  }
}
