package io.openedx.ops.worker.freeze;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction that may still write. Two looks that show the same one prove that it is older than
 * the first look, without trusting any clock; thread and start name it (trx_id changes when a
 * transaction writes for the first time).
 */
record OpenTransaction(long thread, String started) {
  private static final String SQL =
      """
      SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx
      WHERE trx_is_read_only = 0 AND trx_mysql_thread_id <> CONNECTION_ID()""";

  static Set<OpenTransaction> all(Connection connection) throws SQLException {
    return new HashSet<>(
        Sql.list(connection, row -> new OpenTransaction(row.getLong(1), row.getString(2)), SQL));
  }

  /** Thread 0 has no session: a transaction prepared by XA that waits for its coordinator. */
  String described(List<Session> sessions) {
    return sessions.stream()
            .filter(each -> each.id() == thread)
            .findFirst()
            .map(
                each ->
                    "thread %d of %s@%s (%s, %d s)"
                        .formatted(
                            thread, each.user(), each.host(), each.command(), each.seconds()))
            .orElse(
                thread == 0
                    ? "a prepared XA transaction (XA RECOVER names it)"
                    : "thread " + thread)
        + ", begun "
        + started;
  }
}
