package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/**
 * The migrations' own table is where the new version will look; else it would begin at the first.
 */
final class AlembicCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.dataOrNull() == null) {
      return List.of();
    }
    var tables = look.data().alembic();
    if (tables.isEmpty()) {
      return List.of(
          Found.blocker(
              "AlembicMissing",
              "%s has no table alembic_version with a revision in any database: init would run every migration from the first. Check that the address is the site's; if Aspects was never initialised there, run tutor k8s do init -l aspects with the old version first.",
              look.server().label()));
    }
    return tables.size() == 1
        ? List.of(
            Found.ok(
                "Alembic", "The migrations' table is in %s.", tables.keySet().iterator().next()))
        : List.of(
            Found.risk(
                "SeveralAlembicTables",
                "alembic_version is in several databases: %s. The one in %s is taken to be the site's.",
                tables,
                look.pipeline().xapiDatabase()));
  }
}
