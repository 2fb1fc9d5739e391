package io.openedx.ops.worker.row;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * One of the two tables, where it lies and how its text is stored.
 *
 * @param name source, replica or target
 * @param table database.table in backquotes
 * @param convert text columns whose bytes are not UTF-8 as they are
 */
public record Side(String name, String table, Set<String> convert) {
  public Side {
    convert = Set.copyOf(convert);
  }

  /** Asks the server for the charsets. */
  public static Side of(Connection connection, Database database, String table)
      throws SQLException {
    var other =
        Sql.list(
            connection,
            row -> row.getString(1).toLowerCase(Locale.ROOT),
            "SELECT column_name FROM information_schema.columns WHERE table_schema = ?"
                + " AND table_name = ? AND character_set_name IS NOT NULL"
                + " AND character_set_name NOT IN ('utf8mb4', 'utf8mb3', 'utf8')",
            database.name(),
            table);
    return new Side(
        database.role().name().toLowerCase(Locale.ROOT),
        Identifier.quoted(database.name(), table),
        Set.copyOf(other));
  }

  /** The old table. */
  public static Side old(Connection connection, Database source) throws SQLException {
    return of(connection, source, HistoryTable.OLD);
  }

  /** The new table. */
  public static Side target(Connection connection, Database target) throws SQLException {
    return of(connection, target, HistoryTable.NEW);
  }

  /**
   * A text column as UTF-8. Only where it must be converted: a conversion costs time, and a result
   * above max_allowed_packet would be NULL.
   */
  public String text(String column) {
    return convert.contains(column) ? "CONVERT(" + column + " USING utf8mb4)" : column;
  }
}
