package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.ledger.Passes;
import io.openedx.ops.worker.ledger.Tiling;
import io.openedx.ops.worker.row.Digest;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.throttle.Busy;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares every frozen row of both tables, and proves that really every one was compared. */
public final class VerifyTask extends CompareTask {
  private static final int NAMED = 20;

  public VerifyTask() {
    super(
        Passes.Kind.VERIFY,
        Task.VERIFY,
        "The old table is being drained: each row is compared when it goes.");
  }

  /** Who follows has nothing to do: nothing is written. */
  @Override
  Throttle throttle(TaskContext context) {
    return new Throttle(context.clock(), new Busy(context, Comparison.SESSIONS));
  }

  @Override
  CompareSession.Verdict verdict(
      TaskContext context, Ledger ledger, Throttle throttle, Connection target) {
    return (lanes, comparison, range, ids, found, mark) ->
        mark.differing(found.size(), names(found));
  }

  @Override
  TaskResult conclude(
      TaskContext context, Ledger ledger, Connection target, Marks.Sum sum, double seconds)
      throws SQLException {
    refuseDifferences(sum);
    refuseOtherServer(sum);
    try (var source = context.source().open()) {
      return prove(context, ledger, source, target, sum, seconds);
    }
  }

  static String names(List<Difference> found) {
    return found.stream().limit(NAMED).map(Difference::text).collect(Collectors.joining(", "));
  }

  private static void refuseDifferences(Marks.Sum sum) {
    if (sum.differences() == 0) {
      return;
    }
    var sample =
        List.of(sum.sample().split(", ")).stream().limit(NAMED).collect(Collectors.joining(", "));
    throw new TaskFailure(
        ExitCode.CONTRADICTION,
        "VerificationFailed",
        ("%d rows are not the same in both tables: %s. Nothing was deleted. Look at them, then set a"
                + " new spec.retryToken: the step Reconcile carries changes of the old table over.")
            .formatted(sum.differences(), sample),
        Map.of("differences", Long.toString(sum.differences()), "ids", sample));
  }

  /** The target failed over in the midst: what its former primary answered proves nothing. */
  private static void refuseOtherServer(Marks.Sum sum) {
    if (sum.verifiedElsewhere() > 0) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "TargetChanged",
          "The target is another server than the one on which %d of %d ranges were verified (a failover?); all are verified again."
              .formatted(sum.verifiedElsewhere(), sum.ranges()));
    }
  }

  private static TaskResult prove(
      TaskContext context,
      Ledger ledger,
      Connection source,
      Connection target,
      Marks.Sum sum,
      double seconds)
      throws SQLException {
    var freeze = new Freezes(ledger).recorded(target).orElseThrow(VerifyTask::notFrozen);
    var tiling = Tiling.of(target, ledger);
    if (!tiling.covers(freeze) || sum.unverified() > 0) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "NotCovered",
          "The verified ranges do not cover the frozen ids: %s, %d not verified. Copy first."
              .formatted(tiling.text(), sum.unverified()));
    }
    new OldTable(context.source()).refuseGrowth(source, freeze.maxId());
    refuseGap(target, Side.target(target, context.target()), freeze);
    var evidence = new LinkedHashMap<String, String>();
    evidence.put("rows", Long.toString(sum.rows()));
    evidence.put("ranges", Long.toString(sum.ranges()));
    evidence.put("differences", "0");
    evidence.put("hash", total(target, ledger));
    evidence.put("tiling", tiling.text());
    evidence.put("seconds", "%.1f".formatted(seconds));
    evidence.put("rowsPerSecond", "%.0f".formatted(sum.rows() / Math.max(seconds, 0.001)));
    return new TaskResult(
        "Verified",
        "%d rows of ids %d to %d are the same in both tables."
            .formatted(sum.rows(), freeze.minId(), freeze.maxId()),
        evidence);
  }

  /** The hash over all rows, which a later verification can be held against. */
  private static String total(Connection target, Ledger ledger) throws SQLException {
    return Marks.sourceHashes(target, ledger).stream()
        .map(hash -> new Digest(0, hash))
        .reduce(Digest.NONE, Digest::plus)
        .hash();
  }

  /** Between what we copied and what the site writes there is nothing. */
  private static void refuseGap(Connection target, Side next, Freeze freeze) throws SQLException {
    var ids =
        Sql.list(
            target,
            row -> row.getString(1),
            "SELECT id FROM "
                + next.table()
                + " WHERE id > ? AND id < ? ORDER BY id LIMIT "
                + NAMED,
            freeze.maxId(),
            freeze.nativeFloor());
    if (!ids.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "RowsBelowFloor",
          "The new table holds ids between the frozen maximum %d and the native floor %d: %s. Find out who wrote them."
              .formatted(freeze.maxId(), freeze.nativeFloor(), String.join(", ", ids)));
    }
  }

  private static TaskFailure notFrozen() {
    return new TaskFailure(
        ExitCode.CONTRADICTION, "NotFrozen", "Nothing is frozen yet: Freeze and Copy come first.");
  }
}
