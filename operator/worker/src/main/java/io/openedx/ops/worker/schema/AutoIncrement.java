package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The counter from which a table numbers its own rows. SHOW CREATE TABLE opens the table and tells
 * the counter in use. information_schema does not: it answers from a cache of up to a day and, seen
 * on 9.7, one too low between a restart and the first use of the table.
 */
public final class AutoIncrement {
  /** A table outside a file of its own names its tablespace before its engine. */
  private static final Pattern OPTION =
      Pattern.compile("\\) (?:/\\*!\\d+ TABLESPACE .*? \\*/ )?ENGINE=\\w+ AUTO_INCREMENT=(\\d+)");

  private AutoIncrement() {}

  /** The next id. */
  public static long read(Connection connection, TableName table) throws SQLException {
    var ddl = Sql.one(connection, row -> row.getString(2), "SHOW CREATE TABLE " + table.quoted());
    var option = OPTION.matcher(ddl);
    return option.find() ? Long.parseLong(option.group(1)) : 1;
  }

  /** Sets it to at least this; a higher one stays. */
  public static void raise(Connection connection, TableName table, long atLeast)
      throws SQLException {
    if (read(connection, table) < atLeast) {
      Sql.update(
          connection, "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table.quoted(), atLeast));
    }
  }
}
