package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Claims;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Work;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Empties the old table at once. Nobody can write between the last look and the end. */
final class Truncation {
  private static final Duration POLL = Duration.ofMillis(500);

  private final TaskContext context;
  private final Ledger ledger;
  private final String table;

  Truncation(TaskContext context, Ledger ledger) {
    this.context = context;
    this.ledger = ledger;
    this.table = Identifier.quoted(context.source().name(), HistoryTable.OLD);
  }

  void run(Freeze freeze) throws SQLException {
    if (context.index() != 0) {
      awaitOthers();
      return;
    }
    var old = new OldTable(context.source());
    try (var source = context.source().open();
        var target = ledger.open()) {
      var drained = new Drained(ledger);
      var rows = old.count(source);
      if (rows > 0) {
        refuseChanged(rows, drained.state(target));
        lock(source);
        try {
          old.refuseGrowth(source, freeze.maxId());
          Sql.update(source, "TRUNCATE TABLE " + table);
        } finally {
          Sql.update(source, "UNLOCK TABLES");
        }
      }
      drained.keepAll(target);
    }
  }

  /** Pod 0 does it. */
  private void awaitOthers() throws SQLException {
    try (var target = ledger.open()) {
      while (new Claims(ledger).anyDue(target, Work.drain())) {
        context.stop().sleep(POLL);
      }
    }
  }

  private static void refuseChanged(long rows, Drained.State state) {
    var unchanged =
        state.idsDone() == 0 ? rows == state.verifiedRows() : rows <= state.verifiedRows();
    if (!unchanged) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "OldTableChanged",
          "The old table holds %d rows, %d were verified. Reconcile and verify again."
              .formatted(rows, state.verifiedRows()),
          Map.of("rows", Long.toString(rows), "verifiedRows", Long.toString(state.verifiedRows())));
    }
  }

  /**
   * Without the grant the look above is all there is; the table has been quiet since the freeze.
   */
  private void lock(Connection source) throws SQLException {
    try {
      Sql.update(source, "LOCK TABLES " + table + " WRITE");
    } catch (SQLException e) {
      if (e.getErrorCode() != 1044 && e.getErrorCode() != 1142) {
        throw e;
      }
    }
  }
}
