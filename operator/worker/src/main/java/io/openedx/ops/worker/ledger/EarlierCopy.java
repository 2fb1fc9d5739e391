package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whether our control tables in the target database hold ranges: then a freeze has been fixed and
 * rows below it are copies.
 */
public final class EarlierCopy {
  private EarlierCopy() {}

  /** A freeze was fixed there before. */
  public static boolean begun(Connection target, String database) throws SQLException {
    var exists =
        Sql.first(
            target,
            row -> row.getString(1),
            """
            SELECT TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""",
            database,
            LedgerTables.RANGE);
    return exists.isPresent()
        && Sql.first(
                target,
                row -> row.getInt(1),
                "SELECT 1 FROM %s LIMIT 1".formatted(new LedgerTables(database).range()))
            .isPresent();
  }

  /** The highest id that was frozen; 0 where no freeze was fixed. */
  public static long upTo(Connection target, String database) throws SQLException {
    return begun(target, database)
        ? Sql.first(
                target,
                row -> row.getLong(1),
                "SELECT max_id FROM %s WHERE id = 1".formatted(new LedgerTables(database).run()))
            .orElse(0L)
        : 0;
  }
}
