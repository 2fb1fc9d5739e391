package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Heart;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Passes;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Carries what changed in the old table after we read it: deleted rows are deleted in the new
 * table, too (learner state that was reset must not rise again), changed ones replaced, missing
 * ones added. It touches frozen ids only; rows above them are the site's.
 */
public final class ReconcileTask implements WorkTask {
  /** A site loses single learners' rows between two steps, not a tenth of its history. */
  private static final long FEW_ROWS = 10_000;

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var ledger = Ledger.join(context);
    return Heart.during(ledger, () -> run(context, ledger));
  }

  private static TaskResult run(TaskContext context, Ledger ledger) throws SQLException {
    var began = context.clock().instant();
    if (drainBegan(ledger)) {
      return new TaskResult(
          "DrainBegan",
          "The old table is being drained: there is nothing to carry over.",
          Map.of());
    }
    var allOurs = allOurs(ledger);
    var repairs = new Repairs();
    var deletions = new Deletions(ledger, mostDeletes(context, ledger));
    var sum =
        new ComparePass(context, ledger, Passes.Kind.RECONCILE, Task.RECONCILE)
            .run(
                (comparison, range, ids, found, mark) -> {
                  if (!allOurs) {
                    refuseExtra(found);
                  }
                  var repair = new Repair(comparison, context.source(), ledger, deletions);
                  for (var difference : found) {
                    if (!repair.row(range, difference.id())) {
                      break;
                    }
                    repairs.did(difference.kind());
                  }
                  return mark.repairing(found.size());
                });
    var seconds = Duration.between(began, context.clock().instant()).toMillis() / 1000.0;
    var evidence = repairs.evidence();
    evidence.put("rows", Long.toString(sum.rows()));
    evidence.put("repaired", Long.toString(sum.repaired()));
    evidence.put("seconds", "%.1f".formatted(seconds));
    return new TaskResult(
        "Reconciled",
        "%d of %d rows had changed in the old table and were carried over."
            .formatted(sum.repaired(), sum.rows()),
        evidence);
  }

  private static boolean allOurs(Ledger ledger) throws SQLException {
    try (var target = ledger.open()) {
      return new Freezes(ledger).beganEmpty(target);
    }
  }

  private static boolean drainBegan(Ledger ledger) throws SQLException {
    try (var target = ledger.open()) {
      return new Drained(ledger).began(target);
    }
  }

  /** Somebody who empties the old table by hand must not empty the new one by us. */
  private static long mostDeletes(TaskContext context, Ledger ledger) throws SQLException {
    try (var target = ledger.open();
        var source = context.source().open()) {
      var copied = Totals.of(target, ledger).rows();
      if (copied > 0 && new OldTable(context.source()).empty(source)) {
        return 0;
      }
      return Math.max(FEW_ROWS, copied / 10);
    }
  }

  /** A row that was there before the copy may be the site's own: nobody but a human can tell. */
  private static void refuseExtra(List<Difference> found) {
    var extra = found.stream().filter(each -> each.kind() == Difference.Kind.EXTRA).toList();
    if (!extra.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "ForeignRows",
          ("The new table held rows before the copy began, and has rows that the old table has not: %s."
                  + " They may be the site's own, so they are not deleted. Remove or move them, then"
                  + " set a new spec.retryToken.")
              .formatted(VerifyTask.names(extra)),
          Map.of("ids", VerifyTask.names(extra)));
    }
  }
}
