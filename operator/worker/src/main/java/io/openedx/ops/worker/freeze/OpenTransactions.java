package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;

/** All transactions of a server that may write and are open now. */
public final class OpenTransactions {
  /**
   * A question that whoever may see them may ask: it needs PROCESS, as innodb_trx does, which
   * cannot be read while a statement with a 4-byte character runs.
   */
  public static final String NEEDS_PROCESS = "SELECT COUNT(*) FROM information_schema.innodb_cmp";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private OpenTransactions() {}

  /** Returns when none of them is open any more; younger ones do not count. */
  public static void awaitEnd(TaskContext context, Database server) throws SQLException {
    var deadline = context.clock().instant().plus(PATIENCE);
    var open = OpenTransaction.all(server, context.stop());
    while (!open.isEmpty()) {
      if (context.clock().instant().isAfter(deadline)) {
        try (var connection = server.open()) {
          var sessions = Session.others(connection);
          throw new TaskFailure(
              ExitCode.TRANSIENT,
              "OpenTransaction",
              "%s: %d transaction(s) have been open for longer than %d s: %s. What they do is not known before they end. It is tried again; if a session hangs, end it with KILL <thread>."
                  .formatted(
                      server.label(),
                      open.size(),
                      PATIENCE.toSeconds(),
                      open.stream()
                          .limit(5)
                          .map(each -> each.described(sessions))
                          .collect(Collectors.joining("; "))));
        }
      }
      context.stop().sleep(LOOK_EVERY);
      open.retainAll(OpenTransaction.all(server, context.stop()));
    }
  }
}
