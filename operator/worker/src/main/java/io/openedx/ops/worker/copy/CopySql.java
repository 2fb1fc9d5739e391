package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.Side;

/** The statements of the copy, as text. */
final class CopySql {
  private CopySql() {}

  /** Rows, bytes and last id of the next ? rows of ids ? to ?. */
  static String probe(Side old) {
    return """
        SELECT COUNT(*), COALESCE(SUM(bytes), 0), MAX(id)
        FROM (SELECT id, COALESCE(LENGTH(state), 0) + 64 AS bytes FROM %s FORCE INDEX (PRIMARY)
          WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?) AS next_rows"""
        .formatted(old.table());
  }

  /** Ids ? to ?, inside one server: the bytes never leave it. */
  static String insertSelect(Side old, Side target) {
    return "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?"
        .formatted(target.table(), HistoryTable.columnList(), old.table());
  }

  /** The same for rows that are not there yet. */
  static String insertSelectMissing(Side old, Side target) {
    return insertSelect(old, target)
        + " AND NOT EXISTS (SELECT 1 FROM "
        + target.table()
        + " AS present WHERE present.id = "
        + old.table()
        + ".id)";
  }

  /**
   * The next ? rows of ids ? to ?: the seven columns and the length of state, which comes as NULL
   * where it is longer than a lane can hold.
   */
  static String read(Side old, long longestState) {
    var state = old.text("state");
    return """
        SELECT id, %s, created, IF(LENGTH(state) > %d, NULL, %s), grade, max_grade, student_module_id,
          LENGTH(state)
        FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"""
        .formatted(old.text("version"), longestState, state, old.table());
  }

  /** Ids ? to ? that the new table holds. */
  static String presentIds(Side target) {
    return "SELECT id FROM " + target.table() + " WHERE id BETWEEN ? AND ?";
  }
}
