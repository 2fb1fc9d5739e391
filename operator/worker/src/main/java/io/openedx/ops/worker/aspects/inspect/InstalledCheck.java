package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** What runs here now; where the signals exclude each other, that is said and nothing guessed. */
final class InstalledCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var record = look.course().record();
    if (record.underWay()) {
      return List.of(
          Found.risk(
              "UpgradeUnderWay",
              "An upgrade from %s to %s was begun here and never proven: this one is planned from %s, what is done already is skipped or done again.",
              record.from(),
              record.to(),
              record.from()));
    }
    var installed = look.course().installed();
    if (installed instanceof Installed.Found) {
      return List.of(Found.ok("Installed", "%s", installed.message()));
    }
    return installed instanceof Installed.Narrowed || installed instanceof Installed.Unfinished
        ? List.of(Found.risk("InstalledUncertain", "%s", installed.message()))
        : List.of(Found.blocker("InstalledUnknown", "%s", installed.message()));
  }
}
