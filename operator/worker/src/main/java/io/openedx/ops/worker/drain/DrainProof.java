package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What is there after the drain: nothing in the old table, everything in the new one. */
final class DrainProof {
  private final TaskContext context;
  private final Ledger ledger;

  DrainProof(TaskContext context, Ledger ledger) {
    this.context = context;
    this.ledger = ledger;
  }

  TaskResult result(Freeze freeze, String method) throws SQLException {
    try (var source = context.source().open();
        var target = ledger.open()) {
      var left = new OldTable(context.source()).count(source);
      if (left > 0) {
        throw new TaskFailure(
            ExitCode.CONTRADICTION,
            "RowsLeft",
            "%d rows are in the old table outside what was drained: they came afterwards. Find out who wrote them."
                .formatted(left));
      }
      var kept =
          Sql.one(
              target,
              row -> row.getLong(1),
              "SELECT COUNT(*) FROM "
                  + Side.target(target, context.target()).table()
                  + " WHERE id BETWEEN ? AND ?",
              freeze.minId(),
              freeze.maxId());
      var verified = new Drained(ledger).state(target).verifiedRows();
      return new TaskResult(
          "Drained",
          "The old table is empty; the new one holds %d rows of it.".formatted(kept),
          Map.of(
              "method",
              method,
              "oldRows",
              "0",
              "newRows",
              Long.toString(kept),
              "verifiedRows",
              Long.toString(verified)),
          kept == verified ? List.of() : List.of(changed(kept, verified)));
    }
  }

  /** Each deleted row was equal in the new table when it went: what changed since is the site's. */
  private static Finding changed(long kept, long verified) {
    return new Finding(
        "RowsSinceVerified",
        Finding.Severity.RISK,
        "%d rows were verified, %d are there now: resetting learner state deletes rows of the new table. If nobody did, look at it."
            .formatted(verified, kept));
  }
}
