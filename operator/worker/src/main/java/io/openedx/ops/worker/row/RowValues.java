package io.openedx.ops.worker.row;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Hands the bytes that one server sent to the other, as what they are there. */
public final class RowValues {
  private static final int VERSION = 1;
  static final int STATE = 3;

  private RowValues() {}

  /** The statement for so many rows at once. */
  public static String insert(Side target, int rows) {
    return "INSERT INTO %s (%s) VALUES %s"
        .formatted(
            target.table(),
            HistoryTable.columnList(),
            String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?, ?)")));
  }

  /** The id of a row as its server sent it. */
  public static long id(byte[][] row) {
    return Long.parseLong(new String(row[0], StandardCharsets.US_ASCII));
  }

  /**
   * Text goes as bytes, which MySQL stores unread. Numbers and times go as the text the source
   * printed, which is exact; as bytes MySQL would take them for hexadecimal numbers.
   *
   * @param column position in the list of columns, from 0
   */
  public static void set(
      PreparedStatement insert, int parameter, int column, byte @Nullable [] value)
      throws SQLException {
    if (value == null) {
      insert.setNull(parameter, Types.VARCHAR);
    } else if (column == VERSION || column == STATE) {
      insert.setBytes(parameter, value);
    } else {
      insert.setString(parameter, new String(value, StandardCharsets.US_ASCII));
    }
  }
}
