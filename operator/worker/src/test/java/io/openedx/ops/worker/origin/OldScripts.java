package io.openedx.ops.worker.origin;

import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.worker.row.HistoryTable;
import java.sql.SQLException;

/**
 * What the shell scripts of openedx/configuration do to a server, statement by statement: nobody
 * looks whether one failed, and a killed loop leaves what it has committed.
 *
 * @param from where they read, a table on the same server
 * @param into where they write
 */
record OldScripts(MySqlServer server, String from, String into) {
  static final int STEP = 10_000;

  /** What a restart loses: its first chunk overlaps two ids that are there. */
  static final int LOST = STEP - 2;

  private static final int DELETE_STEP = 20_000;

  /** The loop for tables in two schemas of one server: it begins at 0 whatever MINID says. */
  void copyInsideOneServer(long maxId, int chunksUntilKilled) {
    copy(0, maxId, chunksUntilKilled);
  }

  /** The loop for a severed replica, which begins at MINID - 1. */
  void copyFrom(long minId, long maxId, int chunksUntilKilled) {
    copy(minId - 1, maxId, chunksUntilKilled);
  }

  private void copy(long first, long maxId, int chunksUntilKilled) {
    var chunks = 0;
    for (var id = first; id <= maxId && chunks < chunksUntilKilled; id += STEP) {
      unwatched(
          "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s WHERE id BETWEEN %4$d AND %5$d"
              .formatted(into, HistoryTable.columnList(), from, id, id + STEP - 1));
      chunks++;
    }
  }

  /** The next MINID by the procedure's word, asked of the table that it ought to be asked of. */
  long lastCopied(long maxId) {
    return Long.parseLong(
        server.query("SELECT COALESCE(MAX(id), 0) FROM %s WHERE id <= %d".formatted(into, maxId)));
  }

  /** slow-delete.sh on the server of the original table; it leaves the last ids. */
  static void slowDelete(MySqlServer server, String old, long minId, long maxId) {
    for (var id = minId - 1; id <= maxId; id += DELETE_STEP) {
      server.execute("DELETE FROM %s WHERE id < %d".formatted(old, id));
    }
  }

  private void unwatched(String sql) {
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      // The scripts print a dot all the same.
    }
  }
}
