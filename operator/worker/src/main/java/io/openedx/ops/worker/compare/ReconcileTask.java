package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.ledger.Passes;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.throttle.Burden;
import io.openedx.ops.worker.throttle.Busy;
import io.openedx.ops.worker.throttle.Lag;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;

/**
 * Carries what changed in the old table after we read it: deleted rows are deleted in the new
 * table, too (learner state that was reset must not rise again), changed ones replaced, missing
 * ones added. It touches frozen ids only; rows above them are the site's.
 */
public final class ReconcileTask extends CompareTask {
  /**
   * A site loses single learners' rows between two steps, or since its replica was severed, not a
   * tenth of its history.
   */
  private static final long FEW_ROWS = 10_000;

  private final Repairs repairs = new Repairs();

  public ReconcileTask() {
    super(
        Passes.Kind.RECONCILE,
        Task.RECONCILE,
        "The old table is being drained: there is nothing to carry over.");
  }

  @Override
  Throttle throttle(TaskContext context) {
    return new Throttle(context.clock(), new Busy(context, Comparison.SESSIONS), new Lag(context));
  }

  @Override
  CompareSession.Verdict verdict(
      TaskContext context, Ledger ledger, Throttle throttle, Connection target)
      throws SQLException {
    var freezes = new Freezes(ledger);
    var allOurs = freezes.beganEmpty(target);
    var maxId = freezes.recorded(target).map(Freeze::maxId).orElse(0L);
    var deletions = new Deletions(ledger, mostDeletes(context, ledger, target));
    return (lanes, comparison, range, ids, found, mark) -> {
      if (!allOurs) {
        Adoption.refuseUnknown(comparison, context, maxId, found);
      }
      Runnable rest = () -> throttle.await(lanes, Burden.WRITING);
      var left = addMissing(comparison, ledger, range, found, rest);
      var repair = new Repair(comparison, context.source(), ledger, deletions);
      for (var difference : left) {
        rest.run();
        if (!repair.row(range, difference.id())) {
          break;
        }
        repairs.did(difference.kind());
      }
      return mark.repairing(found.size());
    };
  }

  /** What is still to be put right row by row. */
  private List<Difference> addMissing(
      Comparison comparison, Ledger ledger, Range range, List<Difference> found, Runnable rest)
      throws SQLException {
    var missing =
        found.stream()
            .filter(each -> each.kind() == Difference.Kind.MISSING)
            .map(Difference::id)
            .toList();
    var rows = new MissingRows(comparison, ledger);
    var added = new HashSet<Long>();
    for (int from = 0; from < missing.size(); from += MissingRows.MOST) {
      rest.run();
      var to = Math.min(missing.size(), from + MissingRows.MOST);
      added.addAll(rows.add(range, missing.subList(from, to)));
    }
    added.forEach(id -> repairs.did(Difference.Kind.MISSING));
    return found.stream().filter(each -> !added.contains(each.id())).toList();
  }

  @Override
  TaskResult conclude(
      TaskContext context, Ledger ledger, Connection target, Marks.Sum sum, double seconds) {
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

  /** Somebody who empties the old table by hand must not empty the new one by us. */
  private static long mostDeletes(TaskContext context, Ledger ledger, Connection target)
      throws SQLException {
    try (var source = context.source().open()) {
      var copied = Totals.of(target, ledger).rows();
      if (copied > 0 && new OldTable(context.source()).empty(source)) {
        return 0;
      }
      return Math.max(FEW_ROWS, copied / 10);
    }
  }
}
