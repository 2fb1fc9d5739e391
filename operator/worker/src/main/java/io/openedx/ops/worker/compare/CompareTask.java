package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Heart;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.ledger.Passes;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * The frame of the tasks that compare: one walk of all pods over all ranges, then what it amounts
 * to. Connections to the control tables are short: they would idle while the lanes work.
 */
abstract class CompareTask implements WorkTask {
  private final Passes.Kind kind;
  private final Task task;
  private final String afterDrain;

  /**
   * @param afterDrain what to say when rows of the old table are already being removed
   */
  CompareTask(Passes.Kind kind, Task task, String afterDrain) {
    this.kind = kind;
    this.task = task;
    this.afterDrain = afterDrain;
  }

  /** What holds the lanes back. */
  abstract Throttle throttle(TaskContext context);

  /** What to do about rows that differ, decided before the first is looked at. */
  abstract CompareSession.Verdict verdict(
      TaskContext context, Ledger ledger, Throttle throttle, Connection target) throws SQLException;

  /** What the walk proves; the target's connection is to the server that answers now. */
  abstract TaskResult conclude(
      TaskContext context, Ledger ledger, Connection target, Marks.Sum sum, double seconds)
      throws SQLException;

  @Override
  public final TaskResult run(TaskContext context) throws SQLException {
    var ledger = Ledger.join(context);
    return Heart.during(
        ledger,
        () -> {
          try (var throttle = throttle(context)) {
            return run(context, ledger, throttle);
          }
        });
  }

  private TaskResult run(TaskContext context, Ledger ledger, Throttle throttle)
      throws SQLException {
    var began = context.clock().instant();
    Passes.Pass pass;
    CompareSession.Verdict verdict;
    try (var target = ledger.open()) {
      if (new Drained(ledger).began(target)) {
        return new TaskResult("DrainBegan", afterDrain, Map.of());
      }
      verdict = verdict(context, ledger, throttle, target);
      pass = new Passes(ledger).enter(target, kind, context.order().jobName());
    }
    if (!pass.closed()) {
      new ComparePass(context, ledger, kind, task, throttle).walk(pass.number(), verdict);
    }
    try (var target = ledger.open()) {
      new Passes(ledger).close(target, kind, pass.number());
      var sum = new Marks(ledger, kind, pass.number()).sum(target);
      var seconds = Duration.between(began, context.clock().instant()).toMillis() / 1000.0;
      return conclude(context, ledger, target, sum, seconds);
    }
  }
}
