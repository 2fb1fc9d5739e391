package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.move.RawTables;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** A move to Vector can carry the events, and what was built from them can be built again. */
final class MoveCheck implements Check {
  private static final String PARSED = "xapi_events_all_parsed";

  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    if (upgrade == null || !upgrade.moves() || look.dataOrNull() == null) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    if (!look.site().order().ingestion().pause()) {
      findings.add(
          Found.blocker(
              "MoveWithoutPause",
              "spec.ingestion.pipeline is Move and spec.ingestion.pause is false: events that Vector brings while the models are made would be in no report. Set pause to true in a new AspectsUpgrade."));
    }
    var tables = tables(look);
    var unlike = tables.unlike();
    if (!unlike.isEmpty()) {
      findings.add(
          Found.blocker(
              "EventsCannotBeCarried",
              "The move carries the events of %s to %s, and cannot: %s. Upgrade with spec.ingestion.pipeline: Keep first, which brings both tables to the form of the newest release, and move in the upgrade after that.",
              tables.ralphs(),
              tables.vectors(),
              String.join("; ", unlike)));
      return findings;
    }
    trimmed(look, tables, findings);
    return findings;
  }

  static RawTables tables(Look look) {
    return RawTables.of(
        look.server(),
        look.config(),
        look.pipeline().ralphDatabase(),
        look.pipeline().vectorDatabase());
  }

  /** What the move writes a second time: Ralph's events and all that is made of them. */
  static long bytes(Look look) {
    return look.upgrade().moves()
        ? look.data().relations().stream()
            .filter(each -> each.database().equals(look.pipeline().ralphDatabase()))
            .mapToLong(Relation::bytes)
            .sum()
        : 0;
  }

  /** Reports may show events that the raw table has no longer. */
  private static void trimmed(Look look, RawTables tables, List<Finding> findings) {
    var parsed = new TableName(tables.ralphs().database(), PARSED);
    if (look.data().find(parsed.database(), parsed.name()).isEmpty()) {
      return;
    }
    var built = tables.oldest(parsed).orElse("");
    var raw = tables.oldest(tables.ralphs()).orElse("9999");
    if (!built.isEmpty() && built.compareTo(raw) < 0) {
      findings.add(
          Acceptable.blocker(
              look,
              "EventsTrimmed",
              "%s begins at %s and %s, from which the move builds it and all reports anew, only at %s: what lies before is lost to them. Restore the raw events from a backup first.",
              parsed,
              built,
              tables.ralphs(),
              raw.equals("9999") ? "no time at all, it is empty" : raw));
    }
  }
}
