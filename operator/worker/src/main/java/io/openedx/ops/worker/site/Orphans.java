package io.openedx.ops.worker.site;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.EarlierDrain;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * History in the new table of states that learners or staff have deleted. A process without the app
 * coursewarehistoryextended deletes the state and its old history only: during each roll-out, and
 * whenever the settings were taken away, rows stay that were to go. Once no such process is left,
 * none can come any more.
 *
 * @param states whose history was still there
 * @param rows of it that were removed
 * @param removed false where they are so many that no roll-out explains them: then all stay
 */
record Orphans(long states, long rows, boolean removed) {
  /** As many as are kept in memory. */
  private static final int MOST_STATES = 1_000_000;

  private static final String NEXT =
      "SELECT DISTINCT student_module_id FROM %s WHERE student_module_id > ? AND id > ? ORDER BY student_module_id LIMIT "
          + DeletedStates.BATCH;

  /**
   * The old table has no foreign key since Juniper (courseware.0009), so it may have rows of states
   * that were deleted behind the platform's back: what it has, the new one must have.
   */
  private static final String IN_OLD =
      "SELECT DISTINCT student_module_id FROM %s WHERE student_module_id IN (%s)";

  /**
   * Deletes them, after all were looked at. What was copied and removed from the old table, by us
   * or by others before us, has nobody to vouch for it any more and stays.
   */
  static Orphans remove(TaskContext context) throws SQLException {
    var old = TableName.old(context.order());
    var states = TableName.states(context.order());
    var extended = TableName.extended(context.order());
    try (var source = context.source().open();
        var target = context.target().open()) {
      var above = unvouched(source, old, target, extended);
      var orphans = new ArrayList<Long>();
      var seen = 0L;
      var batch = next(target, extended, 0, above);
      while (!batch.isEmpty()) {
        context.stop().check();
        seen += batch.size();
        var gone = DeletedStates.among(source, states, batch);
        orphans.addAll(DeletedStates.without(source, IN_OLD, old, gone));
        if (orphans.size() > MOST_STATES) {
          break;
        }
        batch = next(target, extended, batch.get(batch.size() - 1), above);
      }
      return tooMany(orphans.size(), seen)
          ? new Orphans(orphans.size(), 0, false)
          : new Orphans(orphans.size(), delete(target, extended, orphans, above), true);
    }
  }

  /** Up to this id the old table may have held rows, also of no state, that it has no more. */
  private static long unvouched(
      Connection source, TableName old, Connection target, TableName extended) throws SQLException {
    var drained = EarlierDrain.upTo(target, extended.database());
    if (drained > 0) {
      return drained;
    }
    var ids = IdSpan.read(source, old);
    return ids.empty() ? Long.MAX_VALUE : ids.min() - 1;
  }

  /** For the message of a step; empty when there were none. */
  String text() {
    if (states == 0) {
      return "";
    }
    return removed
        ? " %d row(s) of %d deleted state(s) were removed from the new table: a process without the app had left them behind."
            .formatted(rows, states)
        : " The new table has history of %d state(s) or more that %s has not and the old table knows nothing of. That is more than a roll-out leaves behind (are states being restored?), so it stays; nobody sees it in the site. Delete it by hand if it is to go."
            .formatted(states, HistoryTable.STATES);
  }

  private static boolean tooMany(int gone, long seen) {
    return gone > MOST_STATES || DeletedStates.tooMany(gone, seen);
  }

  private static List<Long> next(Connection target, TableName extended, long after, long above)
      throws SQLException {
    return Sql.list(target, row -> row.getLong(1), NEXT.formatted(extended.quoted()), after, above);
  }

  private static long delete(Connection target, TableName extended, List<Long> states, long above)
      throws SQLException {
    var rows = 0L;
    for (int from = 0; from < states.size(); from += DeletedStates.BATCH) {
      var some = states.subList(from, Math.min(states.size(), from + DeletedStates.BATCH));
      rows +=
          Sql.update(
              target,
              "DELETE FROM %s WHERE id > %d AND student_module_id IN (%s)"
                  .formatted(extended.quoted(), above, DeletedStates.places(some)),
              some.toArray());
    }
    return rows;
  }
}
