package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Heart;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Tiling;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import io.openedx.ops.worker.throttle.Busy;
import io.openedx.ops.worker.throttle.Lag;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.SQLException;
import java.util.Map;

/** Empties the old table by the method of the order; every way out leaves unproven rows there. */
public final class DrainTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var method = context.order().drain().method();
    if (method.equals("Keep")) {
      return new TaskResult("Kept", "The old table stays as it is.", Map.of("method", method));
    }
    var ledger = Ledger.join(context);
    return Heart.during(ledger, () -> run(context, ledger, method));
  }

  private static TaskResult run(TaskContext context, Ledger ledger, String method)
      throws SQLException {
    var freeze = proven(context, ledger);
    try (var throttle =
        new Throttle(context.clock(), new Busy(context, Comparison.SESSIONS), new Lag(context))) {
      empty(context, ledger, freeze, method, new DrainWalk(context, ledger, throttle));
    }
    return new DrainProof(context, ledger).result(freeze, method);
  }

  private static void empty(
      TaskContext context, Ledger ledger, Freeze freeze, String method, DrainWalk walk)
      throws SQLException {
    switch (method) {
      case "SlowDelete" -> {
        walk.prove();
        begin(ledger);
        walk.delete();
      }
      case "Truncate" -> {
        var truncation = new Truncation(context, ledger);
        truncation.requireRights(freeze);
        walk.prove();
        begin(ledger);
        truncation.run(freeze);
      }
      default ->
          throw new TaskFailure(
              ExitCode.CONFIGURATION,
              "UnknownMethod",
              "spec.drain.method is %s: use Keep, Truncate or SlowDelete.".formatted(method));
    }
  }

  private static void begin(Ledger ledger) throws SQLException {
    try (var target = ledger.open()) {
      new Drained(ledger).begin(target);
    }
  }

  /** The frozen ids are copied without a hole, and the old table has not grown since. */
  private static Freeze proven(TaskContext context, Ledger ledger) throws SQLException {
    try (var target = ledger.open();
        var source = context.source().open()) {
      var freeze =
          new Freezes(ledger)
              .recorded(target)
              .orElseThrow(
                  () ->
                      new TaskFailure(
                          ExitCode.CONTRADICTION,
                          "NotFrozen",
                          "Nothing is frozen: there is nothing that may be deleted."));
      new OldTable(context.source()).refuseGrowth(source, freeze.maxId());
      var tiling = Tiling.of(target, ledger);
      if (!tiling.covers(freeze)) {
        throw new TaskFailure(
            ExitCode.CONTRADICTION,
            "NotCovered",
            "The copied ranges do not cover the frozen ids: %s. Copy and verify first."
                .formatted(tiling.text()));
      }
      return freeze;
    }
  }
}
