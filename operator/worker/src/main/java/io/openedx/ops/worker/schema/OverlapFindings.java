package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.origin.Origin;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** What rows at ids of the old table mean for a run, in words. */
final class OverlapFindings {
  private final String where;
  private final IdOverlap seen;
  private final String reach;

  OverlapFindings(String where, IdOverlap seen) {
    this.where = where;
    this.seen = seen;
    this.reach =
        seen.complete()
            ? ""
            : " (looked at the lowest and the highest ones only; the copy compares each)";
  }

  List<Finding> of(boolean copyBegun) {
    if (copyBegun && !seen.others().isEmpty()) {
      return List.of(ours());
    }
    var findings = new ArrayList<Finding>();
    if (seen.of(Origin.FOREIGN).rows() > 0) {
      findings.add(foreign(seen.of(Origin.FOREIGN)));
    }
    if (seen.of(Origin.LOST).rows() > 0) {
      findings.add(lost(seen.of(Origin.LOST)));
    }
    if (seen.of(Origin.BELOW).rows() > 0) {
      findings.add(below(seen.of(Origin.BELOW)));
    }
    if (seen.of(Origin.CHANGED).rows() + seen.of(Origin.DELETED).rows() > 0) {
      findings.add(older(seen.of(Origin.CHANGED), seen.of(Origin.DELETED)));
    }
    if (findings.isEmpty() || seen.identical() > 0) {
      findings.add(identical());
    }
    return findings;
  }

  private Finding ours() {
    var rest = seen.others().values().stream().mapToLong(Tally::rows).sum();
    var below = seen.of(Origin.BELOW).rows();
    return Found.ok(
        "CopyBegun",
        "%s: %d copied rows are identical, %d have changed or vanished in the old table since%s; Reconcile carries that.%s",
        where,
        seen.identical(),
        rest - below,
        reach,
        below == 0
            ? ""
            : " %d more lie below the lowest id of the old table: what was drained, or deleted there."
                .formatted(below));
  }

  private Finding identical() {
    if (seen.identical() == 0) {
      return Found.ok("IdOverlap", "%s: the new table holds no id of the old one.", where);
    }
    return Found.ok(
        "IdOverlap",
        "%s: the new table already holds %d rows that are identical to the old ones%s: a copy was begun; they are taken over as they are.%s",
        where,
        seen.identical(),
        reach,
        hole());
  }

  private String hole() {
    var missing = seen.missing();
    return missing.rows() == 0
        ? ""
        : " Among them are holes: %d rows of the ids %d to %d were left out (a restart of the old scripts leaves out 9998). Copy adds what is missing, wherever it is."
            .formatted(missing.rows(), missing.lo(), missing.hi());
  }

  private Finding older(Tally changed, Tally deleted) {
    return Found.risk(
        "CopyIsOlder",
        "%s: the copy that was begun is older than the old table is now: %d of its rows were changed there since%s, %d were deleted there with their learners' states%s. Reconcile replaces the former and deletes the latter from the new table.",
        where,
        changed.rows(),
        listed(changed),
        deleted.rows(),
        listed(deleted));
  }

  private Finding below(Tally below) {
    var lowest = below.ids().get(0);
    return Found.risk(
        "OnlyInNewTable",
        "%s: the new table holds %s%d rows from id %d on, below the lowest id of the old table and older than its rows: a slow delete was begun and has taken their originals. They stay as they are and are never touched; nobody can compare them with their originals any more. What the copy had left out there is lost, and ids alone do not tell how much: ids of deleted states and of writes that were rolled back are absent, too.%s If that matters, compare with a backup from before the slow delete.",
        where,
        seen.complete() ? "" : "at least ",
        below.rows(),
        lowest,
        seen.absent().ids() == 0
            ? ""
            : " The widest run of absent ids is %d to %d, %d ids (a restart of the old scripts leaves out 9998)."
                .formatted(seen.absent().lo(), seen.absent().hi(), seen.absent().ids()));
  }

  private Finding lost(Tally lost) {
    return Found.blocker(
        "OriginalsGone",
        "%s: the new table holds %d rows%s that are copies by their dates, but the old table has their originals no more (ids %s), and it cannot be seen that their learners' states were deleted, too. They may be the only copies, so this run neither deletes them nor passes over them. If the source's user may not read %s, grant it SELECT: rows of deleted states are then deleted as in the old table. Else put the originals back into the old table, or delete the copies; nothing was changed.",
        where,
        lost.rows(),
        reach,
        lost.text(),
        HistoryTable.STATES);
  }

  private Finding foreign(Tally foreign) {
    return Found.blocker(
        "IdCollision",
        "%s: the new table already holds %d rows%s with ids of the old table that are no copies (ids %s): they belong to other states or are younger than the old rows around them, so the site wrote them while its counter began too low. Copying would meet them. Move them above the old ids (UPDATE id) or stop here and ask; nothing was changed.",
        where,
        foreign.rows(),
        reach,
        foreign.text());
  }

  private static String listed(Tally tally) {
    return tally.rows() == 0 ? "" : " (ids %s)".formatted(tally.text());
  }
}
