package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.ledger.Beat;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Fence;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.RangeLoop;
import io.openedx.ops.worker.ledger.Work;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.task.Rate;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lanes of the drain: first those that prove, then those that delete. */
final class DrainWalk {
  private final TaskContext context;
  private final Ledger ledger;
  private final Drained drained;
  private final Throttle throttle;

  DrainWalk(TaskContext context, Ledger ledger, Throttle throttle) {
    this.context = context;
    this.ledger = ledger;
    this.drained = new Drained(ledger);
    this.throttle = throttle;
  }

  /** Verifies again what was verified too long ago, before the first row goes. */
  void prove() throws SQLException {
    String oldest;
    try (var target = ledger.open()) {
      oldest = drained.oldest(target, maxAge());
    }
    walk(
        "prove",
        Work.prove(oldest),
        "verifying again",
        () -> new ProveSession(Comparison.open(context, ledger), drained, throttle));
  }

  /** Deletes range by range. */
  void delete() throws SQLException {
    List<String> indexes;
    try (var source = context.source().open()) {
      indexes = LearnerOrder.indexes(source, TableName.old(context.order()));
    }
    walk(
        "drain",
        Work.drain(),
        "",
        () ->
            new DeleteSession(
                Comparison.open(context, ledger),
                new Fence(ledger),
                drained,
                throttle,
                indexes,
                maxAge()));
  }

  private int maxAge() {
    return context.order().drain().maxVerifiedAgeSeconds();
  }

  private void walk(String name, Work work, String note, RangeLoop.Opening opening)
      throws SQLException {
    var patience = new Patience(context.clock(), context.stop());
    var rate = new Rate();
    try (var beat = new Beat(ledger)) {
      Lanes.run(
          name,
          context.order().copy().lanes(),
          context.stop(),
          lanes ->
              new RangeLoop(ledger, work, patience, "draining " + context.source().label())
                  .run(lanes, opening),
          () ->
              beat.with(
                  target -> {
                    throttle.look(target);
                    report(drained.state(target), rate, note);
                  }));
    }
  }

  private void report(Drained.State state, Rate rate, String note) {
    var now = context.clock().instant();
    rate.at(now, state.idsDone());
    context
        .progress()
        .say(
            new TaskProgress(
                Task.DRAIN,
                state.idsDone(),
                state.ids(),
                "ids",
                rate.perSecond(),
                rate.eta(now, state.ids() - state.idsDone()),
                Stream.of(note, throttle.note())
                    .filter(each -> !each.isEmpty())
                    .collect(Collectors.joining("; ")),
                throttle.givesWay()));
  }
}
