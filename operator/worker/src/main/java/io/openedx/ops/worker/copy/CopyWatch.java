package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.ledger.Beat;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.Rate;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What one thread does every second beside the lanes: says that this pod lives, looks how busy the
 * servers are and whether the old table grew, and reports how far all pods are.
 */
final class CopyWatch implements AutoCloseable {
  private static final Duration GROWTH_EVERY = Duration.ofSeconds(10);

  private final TaskContext context;
  private final Ledger ledger;
  private final Freeze freeze;
  private final Throttle throttle;
  private final OldTable old;
  private final Beat beat;
  private final Rate rate = new Rate();
  private Instant grownLookedAt = Instant.EPOCH;

  CopyWatch(TaskContext context, Ledger ledger, Freeze freeze, Throttle throttle) {
    this.context = context;
    this.ledger = ledger;
    this.freeze = freeze;
    this.throttle = throttle;
    this.old = new OldTable(context.source());
    this.beat = new Beat(ledger);
  }

  /** One look. A server that does not answer is the lanes' business: it is asked again. */
  void look() {
    beat.with(
        target -> {
          throttle.look(target);
          lookForGrowth();
          report(Totals.of(target, ledger), context.clock().instant());
        });
  }

  private void lookForGrowth() throws SQLException {
    var now = context.clock().instant();
    if (Duration.between(grownLookedAt, now).compareTo(GROWTH_EVERY) < 0) {
      return;
    }
    try (var source = context.source().open()) {
      old.refuseGrowth(source, freeze.maxId());
    }
    grownLookedAt = now;
  }

  private void report(Totals totals, Instant now) {
    rate.at(now, totals.idsDone());
    context
        .progress()
        .say(
            new TaskProgress(
                Task.COPY,
                totals.idsDone(),
                totals.ids(),
                "ids",
                rate.perSecond(),
                rate.eta(now, totals.ids() - totals.idsDone()),
                note(totals),
                throttle.givesWay()));
  }

  /** Rows are worth a word only where ids have gaps; a reason to wait always is. */
  private String note(Totals totals) {
    var rows =
        totals.rows() == totals.idsDone()
            ? ""
            : String.format(Locale.ROOT, "%,d rows", totals.rows());
    var waiting = throttle.note();
    return rows.isEmpty() || waiting.isEmpty() ? rows + waiting : rows + "; " + waiting;
  }

  @Override
  public void close() {
    beat.close();
  }
}
