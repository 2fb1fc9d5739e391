package io.openedx.ops.worker.drain;

import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The order in which a learner's delete locks rows of history: the entry of the index that leads
 * there from the state, then the row. Whoever goes by id locks the row first and the entry when it
 * deletes it; each then waits for the other, and InnoDB fails the smaller transaction, which is the
 * learner's.
 *
 * @param indexes their names differ by the platform's age; without one a learner's delete reads the
 *     rows by id, too
 */
record LearnerOrder(Side old, List<String> indexes) {
  private static final String INDEXES =
      """
      SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND SEQ_IN_INDEX = 1
        AND COLUMN_NAME = 'student_module_id'""";

  private static final String STATES =
      "SELECT DISTINCT student_module_id FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ? ORDER BY student_module_id";

  /**
   * Which of several such indexes is taken, the server chooses as it does for the learner; but
   * never to read all of a table that has become small.
   */
  private static final String LOCK =
      "SELECT COUNT(*) FROM %s FORCE INDEX (%s) WHERE student_module_id IN (%s) AND id BETWEEN ? AND ? FOR UPDATE";

  static List<String> indexes(Connection source, TableName table) throws SQLException {
    return Sql.list(
        source,
        row -> Identifier.quoted(row.getString(1)),
        INDEXES,
        table.database(),
        table.table());
  }

  /** Locks the rows of these ids until the transaction ends. */
  void lock(Connection source, Span ids) throws SQLException {
    if (indexes.isEmpty()) {
      return;
    }
    var states =
        Sql.list(
            source, row -> row.getString(1), STATES.formatted(old.table()), ids.lo(), ids.hi());
    if (!states.isEmpty()) {
      Sql.one(
          source,
          row -> row.getLong(1),
          LOCK.formatted(old.table(), String.join(", ", indexes), String.join(", ", states)),
          ids.lo(),
          ids.hi());
    }
  }
}
