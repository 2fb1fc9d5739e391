package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.Recount;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import io.openedx.ops.worker.aspects.rows.TableCensus;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every table held before the manifests were applied, it still holds. */
final class KeptRows {
  private static final String ABOUT =
      "Keys of rows, counted before the manifests were applied and again now. Duplicates that ClickHouse merges, retries and new events change neither. Of large tables one key in so many is counted (share). 128 of the counted keys were noted; each must still be there. Rows that expire within 45 days do not count, nor do tables that a clock fills anew.";

  /** One learner in so many may retire while an upgrade runs; more is an init that empties. */
  private static final long FEW_LEARNERS = 10;

  private final Upgraded upgraded;
  private final Map<TableName, StoredTable> tables;
  private final Map<TableName, Form> wanted;
  private final Map<TableName, Relation> migrated;
  private final String records;

  /**
   * @param records the ConfigMap that holds the census
   */
  KeptRows(Upgraded upgraded, Map<TableName, StoredTable> tables, String records) {
    this.records = records;
    this.upgraded = upgraded;
    this.tables = tables;
    this.wanted = new TreeMap<>();
    upgraded
        .catalog()
        .relations(upgraded.to())
        .forEach((relation, form) -> wanted.put(upgraded.name(relation), form));
    this.migrated =
        upgraded.catalog().alembic().stream()
            .map(each -> each.relation())
            .collect(Collectors.toMap(upgraded::name, each -> each, (a, b) -> a, TreeMap::new));
  }

  Section section(@Nullable Census census) {
    var proofs = new ArrayList<Proof>();
    if (census == null) {
      proofs.add(
          Proof.doubtful(
              "all tables",
              "NoCensus",
              "The ConfigMap with what the tables held before is gone, so nobody can say whether rows were lost on the way. Compare with the backup.",
              Map.of()));
    } else {
      for (var before : census.tables()) {
        upgraded.stop().check();
        proofs.add(proof(census, before));
      }
    }
    return new Section("Rows that were there before", ABOUT, proofs);
  }

  private Proof proof(Census census, TableCensus before) {
    var name = before.name();
    var now = tables.get(name);
    var evidence = new TreeMap<String, String>();
    evidence.put("rows before", Long.toString(before.rows()));
    if (now == null) {
      return gone(before, evidence);
    }
    evidence.put("rows now", Long.toString(now.rows()));
    if (before.rows() > 0 && now.rows() == 0) {
      return Proof.differs(
          name.toString(),
          "RowsGone",
          "It held %d rows before the upgrade and holds none now. %s"
              .formatted(before.rows(), remedy(name)),
          evidence);
    }
    if (!before.uncounted().isEmpty() && !before.key().isEmpty()) {
      return uncounted(name, "before", before.uncounted(), evidence);
    }
    try {
      return recounted(before, Recount.of(upgraded.server(), census, before, now), evidence);
    } catch (TaskFailure e) {
      return uncounted(name, "now", Census.tooMuch(e), evidence);
    }
  }

  private static Proof uncounted(
      TableName name, String when, String why, Map<String, String> evidence) {
    return Proof.doubtful(
        name.toString(),
        "NotCounted",
        "It holds rows, but nobody can say whether all: they could not be counted %s. %s"
            .formatted(when, why),
        evidence);
  }

  private Proof recounted(TableCensus before, Recount recount, Map<String, String> evidence) {
    var name = before.name();
    if (!recount.incomparable().isEmpty()) {
      return Proof.uncompared(
          name.toString(), "It holds rows, but %s.".formatted(recount.incomparable()), evidence);
    }
    evidence.put("keys before", Long.toString(before.keys()));
    evidence.put("keys now", Long.toString(recount.keys()));
    evidence.put("share", Long.toString(before.share()));
    evidence.put("sampled", Integer.toString(before.sample().size()));
    evidence.put("missing", Long.toString(recount.missing()));
    return compared(before, recount, evidence);
  }

  private Proof compared(TableCensus before, Recount now, Map<String, String> evidence) {
    var name = before.name();
    var lost = Math.max(0, before.keys() - now.keys());
    if (before.keys() == 0 && before.rows() > 0) {
      return Proof.uncompared(
          name.toString(), "All that it held expires within 45 days.", evidence);
    }
    if (now.missing() == 0 && lost == 0) {
      return Proof.proven(name.toString(), "What it held it still holds.", evidence);
    }
    var sentence =
        "It holds %d keys less than the %d before the upgrade, and %d of %d that were noted are gone. %s Where that is meant, delete ConfigMap %s: then nothing of before is compared."
            .formatted(
                lost, before.keys(), now.missing(), before.sample().size(), remedy(name), records);
    if (personal(name)
        && lost * FEW_LEARNERS <= before.keys()
        && now.missing() * FEW_LEARNERS <= before.sample().size()) {
      return Proof.uncompared(
          name.toString(),
          "It has lost some rows, as it does whenever a learner's account is retired.",
          evidence);
    }
    var few = now.missing() < 2 && lost * 1_000 <= before.keys();
    if (few || (rebuilt(name) && now.missing() * 2 <= before.sample().size())) {
      return Proof.doubtful(
          name.toString(),
          "RowsFewer",
          sentence
              + (few
                  ? " So few may be those of an account that was retired meanwhile."
                  : " It may have been rebuilt by other SQL, which makes other rows of the same events."),
          evidence);
    }
    return Proof.differs(name.toString(), "RowsLost", sentence, evidence);
  }

  private Proof gone(TableCensus before, Map<String, String> evidence) {
    var name = before.name().toString();
    var form = wanted.get(before.name());
    if (form == Form.TABLE) {
      return Proof.differs(
          name,
          "RowsGone",
          "It held %d rows before the upgrade and is not there any more. %s"
              .formatted(before.rows(), remedy(before.name())),
          evidence);
    }
    return form != null
        ? Proof.uncompared(
            name, "It holds no rows of its own in Aspects %s.".formatted(version()), evidence)
        : Proof.doubtful(
            name,
            "OldGone",
            "Aspects %s has it no more, and somebody has dropped it already: this run has dropped nothing so far. Whatever still reads it fails."
                .formatted(version()),
            evidence);
  }

  private String remedy(TableName name) {
    return migrated.containsKey(name)
        ? "No run makes these rows again: restore the table from the backup beside the live one (ConfigMap <run>-backups has the command) and insert what is missing; then set a new spec.retryToken."
        : Upgraded.again(name.name(), true);
  }

  /** Rows of these go with the account of the learner. */
  private boolean personal(TableName name) {
    return upgraded.catalog().pii().tables().stream().map(upgraded::name).anyMatch(name::equals);
  }

  /** This hop may have built it anew: what reads a rebuilt view is rebuilt with it. */
  private boolean rebuilt(TableName name) {
    return !migrated.containsKey(name) && !upgraded.facts().fullRefresh().isEmpty();
  }

  private String version() {
    return upgraded.facts().version();
  }
}
