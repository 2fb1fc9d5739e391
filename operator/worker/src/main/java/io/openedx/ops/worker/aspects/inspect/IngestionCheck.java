package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** Rows that arrive while a view is rebuilt never reach it. */
final class IngestionCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    return upgrade == null
            || look.site().order().ingestion().pause()
            || upgrade.fullRefresh().isEmpty()
        ? List.of()
        : List.of(
            Found.risk(
                "IngestionNotPaused",
                "spec.ingestion.pause is false, and %d views are rebuilt: events that arrive meanwhile will be missing in them.",
                upgrade.fullRefresh().size()));
  }
}
