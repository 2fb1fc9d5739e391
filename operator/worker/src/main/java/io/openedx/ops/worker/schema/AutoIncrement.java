package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** The counter from which the new table numbers its own rows. */
public final class AutoIncrement {
  private static final String VALUE =
      """
      SELECT AUTO_INCREMENT FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""";

  private AutoIncrement() {}

  /** The next id. */
  public static long read(Connection connection, TableName table) throws SQLException {
    stopCaching(connection);
    return Sql.one(connection, row -> row.getLong(1), VALUE, table.database(), table.table());
  }

  /** Sets it to at least this; a higher one stays. */
  static void raise(Connection connection, TableName table, long atLeast) throws SQLException {
    if (read(connection, table) < atLeast) {
      Sql.update(
          connection, "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table.quoted(), atLeast));
    }
  }

  /** MySQL 8 answers from a cache of up to a day, 5.7 has neither cache nor variable. */
  private static void stopCaching(Connection connection) throws SQLException {
    var cached =
        Sql.first(
            connection,
            row -> row.getString(1),
            "SHOW VARIABLES LIKE 'information_schema_stats_expiry'");
    if (cached.isPresent()) {
      Sql.update(connection, "SET SESSION information_schema_stats_expiry = 0");
    }
  }
}
