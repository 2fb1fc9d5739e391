package io.openedx.ops.worker.compare;

import io.openedx.ops.worker.db.Lock;
import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Fence;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.RowValues;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds rows that only the old table has, many in one transaction: a replica that was severed early
 * may lack more of them than could be put right one by one. The old rows are locked while they are
 * read, as in {@link Repair}.
 */
final class MissingRows {
  /** What is locked and held at once. */
  static final int MOST = 128;

  private static final int LONGEST_STATE = 16 << 10;

  private final Comparison comparison;
  private final Fence fence;
  private final Drained drained;

  MissingRows(Comparison comparison, Ledger ledger) {
    this.comparison = comparison;
    this.fence = new Fence(ledger);
    this.drained = new Drained(ledger);
  }

  /**
   * Adds those that are small enough.
   *
   * @param ids at most {@link #MOST}
   * @return the ids that were added; none where the range is not ours any more, or is being drained
   */
  Set<Long> add(Range range, List<Long> ids) throws SQLException {
    return Transaction.in(
        comparison.source(),
        from -> {
          var rows = read(from, ids);
          return rows.isEmpty()
              ? Set.of()
              : Transaction.in(comparison.target(), to -> insert(to, range, rows));
        });
  }

  private List<byte[][]> read(Connection source, List<Long> ids) throws SQLException {
    var rows = new ArrayList<byte[][]>();
    try (var statement = source.prepareStatement(select(comparison.old(), ids.size()))) {
      for (int i = 0; i < ids.size(); i++) {
        statement.setLong(i + 1, ids.get(i));
      }
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          var row = new byte[HistoryTable.COLUMNS.size()][];
          for (int i = 0; i < row.length; i++) {
            row[i] = result.getBytes(i + 1);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private Set<Long> insert(Connection target, Range range, List<byte[][]> rows)
      throws SQLException {
    if (drained.began(target) || !fence.lock(target, range)) {
      return Set.of();
    }
    var added = new HashSet<Long>();
    try (var insert = target.prepareStatement(RowValues.insert(comparison.next(), rows.size()))) {
      int parameter = 1;
      for (var row : rows) {
        for (int column = 0; column < row.length; column++) {
          RowValues.set(insert, parameter++, column, row[column]);
        }
        added.add(RowValues.id(row));
      }
      insert.executeLargeUpdate();
    }
    return added;
  }

  static String select(Side old, int rows) {
    return """
        SELECT id, %s, created, %s, grade, max_grade, student_module_id
        FROM %s FORCE INDEX (PRIMARY) WHERE id IN (%s) AND COALESCE(LENGTH(state), 0) <= %d%s"""
        .formatted(
            old.text("version"),
            old.text("state"),
            old.table(),
            String.join(", ", Collections.nCopies(rows, "?")),
            LONGEST_STATE,
            Lock.SHARED);
  }
}
