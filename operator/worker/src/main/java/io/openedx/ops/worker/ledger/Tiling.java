package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Proof that the ranges cover the frozen ids: from the first to the last, without gap or overlap,
 * each copied to its end. Asked of the table, not remembered.
 */
public record Tiling(long ranges, long lo, long hi, long unfinished, long broken) {

  public static Tiling of(Connection connection, Ledger ledger) throws SQLException {
    return Sql.one(
        connection,
        row ->
            new Tiling(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        sql(ledger.tables()));
  }

  static String sql(LedgerTables tables) {
    return """
        SELECT COUNT(*), MIN(lo), MAX(hi), COALESCE(SUM(next_id <> hi + 1), 0),
          COALESCE(SUM(hi < lo OR lo <> previous_hi + 1), 0)
        FROM (SELECT lo, hi, next_id, LAG(hi) OVER (ORDER BY lo) AS previous_hi FROM %s) AS r"""
        .formatted(tables.range());
  }

  /** It holds for what was frozen. */
  public boolean covers(Freeze freeze) {
    if (freeze.empty()) {
      return ranges == 0;
    }
    return lo == freeze.minId() && hi == freeze.maxId() && unfinished == 0 && broken == 0;
  }

  /** For evidence and messages. */
  public String text() {
    return "%d ranges tile %d..%d, %d unfinished, %d broken"
        .formatted(ranges, lo, hi, unfinished, broken);
  }
}
