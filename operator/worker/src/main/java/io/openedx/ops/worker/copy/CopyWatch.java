package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Beat;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.task.Rate;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
  private @Nullable Connection source;

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
          lookAtServers(target);
          report(Totals.of(target, ledger), context.clock().instant());
        });
  }

  private void lookAtServers(Connection target) throws SQLException {
    try {
      var from = source == null ? context.source().open() : source;
      source = from;
      throttle.sampled(foreignThreads(from), foreignThreads(target));
      var now = context.clock().instant();
      if (Duration.between(grownLookedAt, now).compareTo(GROWTH_EVERY) >= 0) {
        old.refuseGrowth(from, freeze.maxId());
        grownLookedAt = now;
      }
    } catch (SQLException e) {
      hangUp();
      throw e;
    }
  }

  /** Our own sessions of all pods, and this one, are not foreign. */
  private long foreignThreads(Connection connection) throws SQLException {
    if (context.order().copy().maxThreadsRunning() == 0) {
      return 0;
    }
    var running =
        Sql.one(connection, row -> row.getLong(2), "SHOW GLOBAL STATUS LIKE 'Threads\\_running'");
    var own = (long) context.order().copy().workers() * context.order().copy().lanes() + 1;
    return Math.max(0, running - own);
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
                note(totals)));
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
    hangUp();
  }

  private void hangUp() {
    if (source != null) {
      try {
        source.close();
      } catch (SQLException e) {
        // It was broken already.
      }
      source = null;
    }
  }
}
