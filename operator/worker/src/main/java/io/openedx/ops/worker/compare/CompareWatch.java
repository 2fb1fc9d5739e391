package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.ledger.Beat;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.task.Rate;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.throttle.Throttle;

/** Beside the comparing lanes, every second: lives, and says how far all pods are. */
final class CompareWatch implements AutoCloseable {
  private final TaskContext context;
  private final Task task;
  private final Marks marks;
  private final Throttle throttle;
  private final Beat beat;
  private final Rate rate = new Rate();

  CompareWatch(TaskContext context, Ledger ledger, Task task, Marks marks, Throttle throttle) {
    this.context = context;
    this.task = task;
    this.marks = marks;
    this.throttle = throttle;
    this.beat = new Beat(ledger);
  }

  void look() {
    beat.with(
        target -> {
          throttle.look(target);
          var reach = marks.reach(target);
          var now = context.clock().instant();
          rate.at(now, reach.done());
          context
              .progress()
              .say(
                  new TaskProgress(
                      task,
                      reach.done(),
                      reach.total(),
                      "ids",
                      rate.perSecond(),
                      rate.eta(now, reach.total() - reach.done()),
                      throttle.note(),
                      throttle.givesWay()));
        });
  }

  @Override
  public void close() {
    beat.close();
  }
}
