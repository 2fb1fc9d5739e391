package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which engine the two servers allow.
 *
 * @param kind what the servers allow and the target's user may do
 */
record EngineChoice(Database source, Database target, Side old, Side next, EngineKind kind) {

  /** Asks both servers. */
  static EngineChoice of(Database source, Database target) throws SQLException {
    try (var from = source.open();
        var to = target.open()) {
      var old = Side.old(from, source);
      var allowed = EngineKind.of(uuid(from), uuid(to), lockMode(to));
      var kind =
          allowed == EngineKind.INSERT_SELECT && mayRead(to, old) ? allowed : EngineKind.STREAM;
      return new EngineChoice(source, target, old, Side.target(to, target), kind);
    }
  }

  Engine open(Connection target, int lanes) {
    return kind == EngineKind.INSERT_SELECT
        ? new InsertSelect(target, old, next)
        : new Stream(
            source, target, old, next, Stream.batchBytes(Runtime.getRuntime().maxMemory(), lanes));
  }

  private static String uuid(Connection connection) throws SQLException {
    return Sql.one(connection, row -> row.getString(1), "SELECT @@server_uuid");
  }

  private static String lockMode(Connection target) throws SQLException {
    return Sql.one(target, row -> row.getString(1), "SELECT @@innodb_autoinc_lock_mode");
  }

  private static boolean mayRead(Connection target, Side old) {
    try {
      Sql.list(target, row -> row.getInt(1), "SELECT 1 FROM " + old.table() + " LIMIT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
