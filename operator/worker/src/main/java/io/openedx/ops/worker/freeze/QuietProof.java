package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves that nobody writes to a table: over a quiet time its highest id stands still, and no
 * transaction lives through all of it. max(id) alone is not enough, as ids commit out of order: a
 * lower one may still be on its way.
 */
public final class QuietProof {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int PATIENCE_FACTOR = 10;
  private static final Duration MIN_PATIENCE = Duration.ofSeconds(60);

  /** One look. Transactions first: one that ends in between has its rows in the ids. */
  private record Look(Set<OpenTransaction> transactions, IdSpan ids) {
    Set<OpenTransaction> since(Look earlier) {
      return transactions.stream()
          .filter(earlier.transactions()::contains)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private final TaskContext context;
  private final Task task;
  private final Database server;
  private final Connection connection;
  private final TableName table;
  private final Duration quiet;

  /**
   * @param task that says so
   * @param server that holds the table
   * @param connection to it
   */
  public QuietProof(
      TaskContext context, Task task, Database server, Connection connection, TableName table) {
    this.context = context;
    this.task = task;
    this.server = server;
    this.connection = connection;
    this.table = table;
    this.quiet = Duration.ofSeconds(context.order().freeze().quietSeconds());
  }

  /** The table's ids once it is quiet; a failure that says who writes if it never is. */
  public IdSpan await() throws SQLException {
    var begun = context.clock().instant();
    var patience = quiet.multipliedBy(PATIENCE_FACTOR);
    var deadline = begun.plus(patience.compareTo(MIN_PATIENCE) < 0 ? MIN_PATIENCE : patience);
    var first = look();
    var note = "proving that %s is quiet".formatted(table);
    while (true) {
      watch(note);
      var second = look();
      var moved = second.ids().max() != first.ids().max();
      var open = second.since(first);
      if (!moved && open.isEmpty()) {
        return second.ids();
      }
      note = moved ? grown(first, second) : held(open);
      if (!context.clock().instant().isBefore(deadline)) {
        throw moved ? stillWritten(begun, note) : stillOpen(begun, note);
      }
      first = second;
    }
  }

  private Look look() throws SQLException {
    var transactions = OpenTransaction.all(server, context.stop());
    return new Look(transactions, IdSpan.read(connection, table));
  }

  private void watch(String note) {
    var total = quiet.toSeconds();
    for (long second = 0; second < total; second++) {
      context.progress().say(new TaskProgress(task, second, total, "seconds", 1, null, note));
      context.stop().sleep(STEP);
    }
  }

  private String grown(Look first, Look second) throws SQLException {
    return "max(id) of %s moved from %d to %d (sessions on %s: %s)"
        .formatted(
            table,
            first.ids().max(),
            second.ids().max(),
            table.database(),
            Session.on(table.database(), Session.others(connection)));
  }

  private String held(Set<OpenTransaction> open) throws SQLException {
    var sessions = Session.others(connection);
    return "%d open transaction(s) older than the quiet time: %s"
        .formatted(
            open.size(),
            open.stream()
                .limit(5)
                .map(each -> each.described(sessions))
                .collect(Collectors.joining("; ")));
  }

  /** Waiting longer helps nobody: some process has not been restarted with the new settings. */
  private TaskFailure stillWritten(Instant begun, String note) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "TableNotQuiet",
        "%s: watched for %s: %s. A process still writes to %s, so no row was copied yet. Restart every lms, cms and worker process (cron jobs and shells too) with the new settings, then set a new spec.retryToken."
            .formatted(server.label(), passed(begun), note, table));
  }

  /**
   * A long report or backup ends by itself: the operator tries again, its deadline calls a human.
   */
  private TaskFailure stillOpen(Instant begun, String note) {
    return new TaskFailure(
        ExitCode.TRANSIENT,
        "OpenTransaction",
        "%s: watched for %s: %s. It may still write to %s. It is tried again; if the session hangs, end it with KILL <thread>."
            .formatted(server.label(), passed(begun), note, table));
  }

  private String passed(Instant begun) {
    return Duration.between(begun, context.clock().instant()).toSeconds() + " s";
  }
}
