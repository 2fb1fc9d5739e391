package io.openedx.ops.worker.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs small statements with their arguments: the boring half of JDBC, once. */
public final class Sql {
  /** Makes a value of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Sql() {}

  /** Rows changed by an INSERT, UPDATE, DELETE or DDL statement. */
  public static long update(Connection connection, String sql, Object... args) throws SQLException {
    try (var statement = prepare(connection, sql, args)) {
      return statement.executeLargeUpdate();
    }
  }

  /** Every row. */
  public static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... args)
      throws SQLException {
    try (var statement = prepare(connection, sql, args);
        var rows = statement.executeQuery()) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    }
  }

  /** The first row, if there is one. */
  public static <T> Optional<T> first(Connection connection, Row<T> row, String sql, Object... args)
      throws SQLException {
    return list(connection, row, sql, args).stream().findFirst();
  }

  /** The only row of a query that always has one, such as an aggregate. */
  public static <T> T one(Connection connection, Row<T> row, String sql, Object... args)
      throws SQLException {
    return first(connection, row, sql, args)
        .orElseThrow(() -> new IllegalStateException("no row: " + sql));
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... args)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < args.length; i++) {
      statement.setObject(i + 1, args[i]);
    }
    return statement;
  }
}
