package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which engine the two servers allow.
 *
 * @param sameServer one server may copy by itself
 */
record EngineChoice(Database source, Database target, Side old, Side next, boolean sameServer) {

  /** Asks both servers. */
  static EngineChoice of(Database source, Database target) throws SQLException {
    try (var from = source.open();
        var to = target.open()) {
      var old = Side.old(from, source);
      var same = uuid(from).equals(uuid(to)) && interleaved(to) && mayRead(to, old);
      return new EngineChoice(source, target, old, Side.target(to, target), same);
    }
  }

  Engine open(Connection target, int lanes) {
    return sameServer
        ? new InsertSelect(target, old, next)
        : new Stream(
            source, target, old, next, Stream.batchBytes(Runtime.getRuntime().maxMemory(), lanes));
  }

  private static String uuid(Connection connection) throws SQLException {
    return Sql.one(connection, row -> row.getString(1), "SELECT @@server_uuid");
  }

  /**
   * In the other modes INSERT … SELECT locks AUTO_INCREMENT to its end: live inserts would wait.
   */
  private static boolean interleaved(Connection target) throws SQLException {
    return Sql.one(target, row -> row.getInt(1), "SELECT @@innodb_autoinc_lock_mode") == 2;
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
