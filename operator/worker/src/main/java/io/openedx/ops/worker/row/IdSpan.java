package io.openedx.ops.worker.row;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Lowest and highest id of a table; both 0 when it is empty. */
public record IdSpan(long min, long max, boolean empty) {

  /** Two look-ups at the ends of the primary key, whatever the table's size. */
  public static IdSpan read(Connection connection, TableName table) throws SQLException {
    return Sql.one(
        connection,
        row -> {
          var min = row.getLong(1);
          return new IdSpan(min, row.getLong(2), row.wasNull());
        },
        "SELECT MIN(id), MAX(id) FROM " + table.quoted());
  }
}
