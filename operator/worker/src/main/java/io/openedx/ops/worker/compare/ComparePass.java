package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.ledger.Passes;
import io.openedx.ops.worker.ledger.RangeLoop;
import io.openedx.ops.worker.ledger.Work;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.SQLException;
import java.util.Locale;

/** The lanes of one walk over all ranges, comparing. */
final class ComparePass {
  private final TaskContext context;
  private final Ledger ledger;
  private final Passes.Kind kind;
  private final Task task;
  private final Throttle throttle;

  ComparePass(TaskContext context, Ledger ledger, Passes.Kind kind, Task task, Throttle throttle) {
    this.context = context;
    this.ledger = ledger;
    this.kind = kind;
    this.task = task;
    this.throttle = throttle;
  }

  /** Until no range is left that this pass has not compared, here or in another pod. */
  void walk(long number, CompareSession.Verdict verdict) throws SQLException {
    var marks = new Marks(ledger, kind, number);
    var patience = new Patience(context.clock(), context.stop());
    var doing =
        "comparing %s with %s".formatted(context.source().label(), context.target().label());
    try (var watch = new CompareWatch(context, ledger, task, marks, throttle)) {
      Lanes.run(
          kind.name().toLowerCase(Locale.ROOT),
          context.order().copy().lanes(),
          context.stop(),
          lanes ->
              new RangeLoop(ledger, Work.compare(number), patience, doing)
                  .run(
                      lanes,
                      () ->
                          new CompareSession(
                              Comparison.open(context, ledger), marks, throttle, verdict)),
          watch::look);
    }
  }
}
