package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.Keys;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a new relation holds the rows of the one that it takes the place of. */
final class RenamedRows {
  /** One in so many may be missing where a key is not an event's. */
  private static final long FEW = 20;

  private final Upgraded upgraded;
  private final Map<TableName, StoredTable> tables;
  private final Set<TableName> known;

  RenamedRows(Upgraded upgraded, Map<TableName, StoredTable> tables) {
    this.upgraded = upgraded;
    this.tables = tables;
    this.known =
        upgraded.catalog().relations(upgraded.to()).keySet().stream()
            .map(upgraded::name)
            .collect(Collectors.toSet());
  }

  /** Two relations that are both there. */
  record Pair(String subject, Relation target, TableName old, TableName now) {}

  /** The command that fills the new one again. */
  String again(Relation target) {
    var refresh =
        List.of(Kind.MATERIALIZED_VIEW, Kind.REFRESHABLE)
            .contains(upgraded.catalog().dbtOf(upgraded.to()).models().get(target));
    return Upgraded.again(target.name(), refresh);
  }

  Proof proof(Pair pair, Map<String, String> evidence) {
    var subject = pair.subject();
    var old = tables.get(pair.old());
    var now = tables.get(pair.now());
    if (old == null || now == null) {
      return Proof.proven(
          subject,
          "Both are there and of the right kind; neither stores rows of its own that could be compared.",
          evidence);
    }
    evidence.put("rows old", Long.toString(old.rows()));
    evidence.put("rows new", Long.toString(now.rows()));
    if (!old.key().equals(now.key()) || old.key().isEmpty()) {
      return old.rows() > 0 && now.rows() == 0
          ? Proof.differs(
              subject,
              "RowsMissing",
              "The old relation holds %d rows, the new one none. %s"
                  .formatted(old.rows(), again(pair.target())),
              evidence)
          : Proof.uncompared(
              subject,
              "Both are there and of the right kind. Their rows are told apart by other keys, (%s) and (%s), so only their numbers can be seen."
                  .formatted(old.key(), now.key()),
              evidence);
    }
    try {
      return keys(pair, old, now, evidence);
    } catch (TaskFailure e) {
      return Proof.doubtful(
          subject,
          "NotCounted",
          "Both are there and of the right kind, but their rows could not be compared: "
              + Census.tooMuch(e),
          evidence);
    }
  }

  private Proof keys(Pair pair, StoredTable old, StoredTable now, Map<String, String> evidence) {
    var subject = pair.subject();
    var share = Keys.share(Math.max(old.rows(), now.rows()));
    var olds = new Keys(old.name().quoted(), old.key(), alive(old), share);
    var news = new Keys(now.name().quoted(), now.key(), "", share);
    var all = olds.count(upgraded.server());
    var missing = olds.notIn(upgraded.server(), news);
    if (missing > 0) {
      // What comes in now reaches one view after the other.
      upgraded.stop().sleep(Upgraded.SETTLES);
      missing = olds.notIn(upgraded.server(), news);
    }
    evidence.put("share", Long.toString(share));
    evidence.put("keys old", Long.toString(all));
    evidence.put("keys missing in new", Long.toString(missing));
    if (all == 0 && old.rows() > 0) {
      return Proof.uncompared(
          subject,
          "Both are there and of the right kind; all rows of the old one have expired.",
          evidence);
    }
    if (missing == 0) {
      return contents(pair, old, now, evidence);
    }
    var sentence =
        "%d of %d keys of the old relation are not in the new one, so reports lack them. %s"
            .formatted(missing, all, again(pair.target()));
    return old.key().equals(StoredTable.EVENT) || missing * FEW > all
        ? Proof.differs(subject, "RowsMissing", sentence, evidence)
        : Proof.doubtful(
            subject,
            "RowsFewer",
            "The new one was filled with what courses are like today, so a few keys of what they once were may rightly be missing. "
                + sentence,
            evidence);
  }

  /** The keys are there; so must be what they stand for. */
  private Proof contents(
      Pair pair, StoredTable old, StoredTable now, Map<String, String> evidence) {
    var subject = pair.subject();
    var alive = alive(old);
    evidence.put("times old", span(old, alive));
    evidence.put("times new", span(now, old.time().equals(now.time()) ? alive : ""));
    var contents = Contents.of(upgraded.server(), old, now, alive);
    evidence.put("rows compared", Long.toString(contents.rows()));
    var redefined = contents.redefined();
    if (!redefined.isEmpty()) {
      evidence.put("columns with another meaning", String.join(", ", redefined));
    }
    var mixed = contents.mixed();
    return mixed.isEmpty()
        ? Proof.proven(
            subject,
            "Every key of the old one is in the new one, and %d rows say the same."
                .formatted(contents.rows()),
            evidence)
        : Proof.doubtful(
            subject,
            "ContentsDiffer",
            "Every key of the old one is in the new one, but of %d rows that were compared some have another value, and others have not, in the column(s) %s. Compare them with the release's announcement; if they were made by an older version's SQL, %s"
                .formatted(
                    contents.rows(),
                    mixed.stream()
                        .map(each -> "%s (%d)".formatted(each, contents.others().get(each)))
                        .collect(Collectors.joining(", ")),
                    again(pair.target())),
            evidence);
  }

  /** From when to when its rows are. */
  private String span(StoredTable table, String where) {
    return table.time().isEmpty()
        ? "not told"
        : upgraded
            .server()
            .one(
                Limits.COUNT,
                row -> "%s to %s".formatted(row.getString(1), row.getString(2)),
                "SELECT toString(min(%1$s)), toString(max(%1$s)) FROM %2$s WHERE %3$s"
                    .formatted(
                        Names.quoted(table.time()),
                        table.name().quoted(),
                        where.isEmpty() ? "1" : where));
  }

  /** Rows that have expired in no table which the new one may have been filled from. */
  private String alive(StoredTable old) {
    return old.time().isEmpty()
        ? ""
        : tables.values().stream()
            .filter(each -> known.contains(each.name()))
            .filter(each -> !each.ttl().isEmpty() && each.time().equals(old.time()))
            .map(each -> "(%s) > now() + INTERVAL 1 DAY".formatted(each.ttl()))
            .distinct()
            .collect(Collectors.joining(" AND "));
  }
}
