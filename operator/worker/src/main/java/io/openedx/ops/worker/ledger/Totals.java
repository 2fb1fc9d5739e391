package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How far the run is, over all workers: one look at the range table.
 *
 * @param idsDone ids that are copied or known not to exist
 */
public record Totals(long ranges, long rangesDone, long idsDone, long ids, long rows) {

  public static Totals of(Connection connection, Ledger ledger) throws SQLException {
    return Sql.one(
        connection,
        row ->
            new Totals(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        "SELECT COUNT(*), COALESCE(SUM(next_id > hi), 0), COALESCE(SUM(next_id - lo), 0),"
            + " COALESCE(SUM(hi - lo + 1), 0), COALESCE(SUM(rows_copied), 0) FROM "
            + ledger.tables().range());
  }
}
