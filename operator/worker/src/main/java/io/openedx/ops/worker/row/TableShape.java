package io.openedx.ops.worker.row;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as information_schema tells it to this user.
 *
 * @param type BASE TABLE or VIEW
 * @param rows an estimate of InnoDB, often 40 % off
 * @param primaryKey its columns in order
 * @param indexed columns that an index begins with: a minimum of these is cheap
 */
public record TableShape(
    TableName name,
    String type,
    String engine,
    String collation,
    long rows,
    long dataBytes,
    long indexBytes,
    List<Column> columns,
    List<String> primaryKey,
    Set<String> indexed) {

  private static final String TABLE =
      """
      SELECT TABLE_TYPE, ENGINE, TABLE_COLLATION, TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH
      FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""";

  private static final String COLUMNS =
      """
      SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, CHARACTER_SET_NAME, COLLATION_NAME,
        COLUMN_DEFAULT IS NOT NULL OR IS_NULLABLE = 'YES' OR EXTRA <> ''
      FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
      ORDER BY ORDINAL_POSITION""";

  private static final String PRIMARY_KEY =
      """
      SELECT COLUMN_NAME FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND INDEX_NAME = 'PRIMARY'
      ORDER BY SEQ_IN_INDEX""";

  private static final String INDEXED =
      """
      SELECT COLUMN_NAME FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND SEQ_IN_INDEX = 1""";

  private record Head(
      String type, String engine, String collation, long rows, long data, long index) {}

  /** Empty when this user sees no such table. */
  public static Optional<TableShape> read(Connection connection, TableName name)
      throws SQLException {
    var head =
        Sql.first(
            connection,
            row ->
                new Head(
                    text(row.getString(1)),
                    text(row.getString(2)),
                    text(row.getString(3)),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)),
            TABLE,
            name.database(),
            name.table());
    if (head.isEmpty()) {
      return Optional.empty();
    }
    var known = head.get();
    return Optional.of(
        new TableShape(
            name,
            known.type(),
            known.engine(),
            known.collation(),
            known.rows(),
            known.data(),
            known.index(),
            columns(connection, name),
            names(connection, PRIMARY_KEY, name),
            new LinkedHashSet<>(names(connection, INDEXED, name))));
  }

  /** The column of that name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(each -> each.name().equalsIgnoreCase(columnName)).findFirst();
  }

  private static List<Column> columns(Connection connection, TableName name) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Column(
                row.getString(1),
                row.getString(2),
                "YES".equals(row.getString(3)),
                text(row.getString(4)),
                text(row.getString(5)),
                row.getBoolean(6)),
        COLUMNS,
        name.database(),
        name.table());
  }

  private static List<String> names(Connection connection, String sql, TableName name)
      throws SQLException {
    return Sql.list(connection, row -> row.getString(1), sql, name.database(), name.table());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
