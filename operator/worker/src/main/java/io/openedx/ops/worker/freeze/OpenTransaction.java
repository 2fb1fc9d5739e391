package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
      WHERE trx_is_read_only = 0""";

  /** A statement that runs has a 4-byte character; the table keeps its text in utf8mb3. */
  private static final int CANNOT_CONVERT = 3854;

  /** InnoDB shows the same old look again to whoever asks within 100 ms of another. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private static final int LOOKS = 50;

  /**
   * All of them at one moment, which is now: a transaction of a new session of our own must be
   * among them. Else a monitor that asks all the time would let InnoDB show us an old look, and
   * what began since would be hidden. MySQL cannot show any while one of them runs a statement with
   * a 4-byte character in it, a learner's emoji for example, so it is asked until none does.
   */
  static Set<OpenTransaction> all(Database server, StopSignal stop) throws SQLException {
    try (var mark = server.open()) {
      Sql.update(mark, "START TRANSACTION WITH CONSISTENT SNAPSHOT");
      var own = Sql.one(mark, row -> row.getLong(1), "SELECT CONNECTION_ID()");
      for (int look = 1; look <= LOOKS; look++) {
        var shown = shown(mark);
        if (shown.removeIf(each -> each.thread() == own)) {
          return shown;
        }
        stop.sleep(LOOK_AGAIN);
      }
    }
    throw unreadable();
  }

  /** Nothing where MySQL cannot show them. */
  private static Set<OpenTransaction> shown(Connection connection) throws SQLException {
    try {
      return new HashSet<>(
          Sql.list(connection, row -> new OpenTransaction(row.getLong(1), row.getString(2)), SQL));
    } catch (SQLException e) {
      if (e.getErrorCode() == CANNOT_CONVERT) {
        return new HashSet<>();
      }
      throw e;
    }
  }

  private static TaskFailure unreadable() {
    return new TaskFailure(
        ExitCode.TRANSIENT,
        "TransactionsUnreadable",
        "information_schema.innodb_trx did not show the transactions of this moment %d times in a row, so nobody knows which are open, and no row was copied. Either a statement runs whose text has a 4-byte character, which MySQL cannot show there (error 3854): find it with SHOW PROCESSLIST. Or a monitor reads that table more often than every 100 ms, and InnoDB shows everybody what it saw first: pause the monitor. It is tried again by itself."
            .formatted(LOOKS));
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
