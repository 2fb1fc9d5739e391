package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Heart;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Tiling;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import io.openedx.ops.worker.throttle.Busy;
import io.openedx.ops.worker.throttle.Lag;
import io.openedx.ops.worker.throttle.Pace;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Copies every frozen row into the new table. All pods of the Job run it side by side; it ends in
 * each of them only when the control tables prove that all ranges are copied.
 */
public final class CopyTask implements WorkTask {
  private static final int RANGES_PER_LANE = 4;
  private static final Duration PLAN_POLL = Duration.ofMillis(500);

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var ledger = Ledger.join(context);
    return Heart.during(ledger, () -> run(context, ledger));
  }

  private static TaskResult run(TaskContext context, Ledger ledger) throws SQLException {
    var began = context.clock().instant();
    var freeze = frozen(context, ledger);
    var limits = context.order().copy();
    var sourcing = Sourcing.of(context, ledger);
    var pace = new Pace(limits, context.clock());
    var patience = new Patience(context.clock(), context.stop());
    var chunks = new LongAdder();
    try (var throttle =
            new Throttle(context.clock(), new Busy(context, 1), new Lag(context), pace);
        var watch = new CopyWatch(context, ledger, freeze, throttle);
        var replica = new ReplicaWatch(sourcing, context.clock())) {
      Lanes.run(
          "copy",
          limits.lanes(),
          context.stop(),
          lanes ->
              new CopyLane(ledger, sourcing, throttle, pace, patience, chunks, limits.lanes())
                  .run(lanes),
          () -> {
            watch.look();
            replica.look();
          });
    }
    var seconds = Duration.between(began, context.clock().instant()).toMillis() / 1000.0;
    return prove(context, ledger, freeze, sourcing, chunks.sum(), seconds);
  }

  /** Pod 0 makes the ranges; the others wait for them. */
  private static Freeze frozen(TaskContext context, Ledger ledger) throws SQLException {
    try (var target = ledger.open()) {
      var freezes = new Freezes(ledger);
      var order = context.order();
      if (context.index() == 0) {
        var freeze = freezes.recorded(target).orElseThrow(CopyTask::notFrozen);
        freezes.plan(target, order.copy().workers() * order.copy().lanes() * RANGES_PER_LANE);
        return freeze;
      }
      while (!freezes.planned(target)) {
        context
            .progress()
            .say(
                new TaskProgress(
                    Task.COPY, 0, 0, "ids", 0, null, "waiting for pod 0 to freeze and plan"));
        context.stop().sleep(PLAN_POLL);
      }
      return freezes.recorded(target).orElseThrow(CopyTask::notFrozen);
    }
  }

  private static TaskFailure notFrozen() {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "NotFrozen",
        "Nothing is frozen yet: the step Freeze must come before Copy.");
  }

  private static TaskResult prove(
      TaskContext context,
      Ledger ledger,
      Freeze freeze,
      Sourcing sourcing,
      long chunks,
      double seconds)
      throws SQLException {
    try (var target = ledger.open();
        var source = context.source().open()) {
      new OldTable(context.source()).refuseGrowth(source, freeze.maxId());
      var tiling = Tiling.of(target, ledger);
      if (!tiling.covers(freeze)) {
        throw new TaskFailure(
            ExitCode.BUG,
            "NotCovered",
            "The copied ranges do not cover the frozen ids: " + tiling.text() + ".");
      }
      var totals = Totals.of(target, ledger);
      var evidence = new LinkedHashMap<String, String>();
      evidence.put("rows", Long.toString(totals.rows()));
      evidence.put("ranges", Long.toString(totals.ranges()));
      evidence.put("chunks", Long.toString(chunks));
      evidence.put("seconds", "%.1f".formatted(seconds));
      evidence.put("rowsPerSecond", "%.0f".formatted(totals.rows() / Math.max(seconds, 0.001)));
      evidence.put("engine", sourcing.source().kind().id());
      evidence.putAll(sourcing.evidence());
      evidence.put("serverVersion", Sql.one(target, row -> row.getString(1), "SELECT VERSION()"));
      return new TaskResult(
          "Copied",
          "%d rows of ids %d to %d are copied in %d ranges."
                  .formatted(totals.rows(), freeze.minId(), freeze.maxId(), totals.ranges())
              + sourcing.text(),
          evidence);
    }
  }
}
