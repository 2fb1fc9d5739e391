package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Beat;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.OldTable;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.schema.AutoIncrement;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Empties the old table at once. TRUNCATE cannot be rolled back and compares nothing, so all is
 * proven again under LOCK TABLES … WRITE: count, least and greatest id, and the digest of every
 * range against that of the new table. Nobody can write between that proof and the end; without the
 * lock nothing is truncated.
 *
 * <p>The price: only the session that holds the lock can read the table, so this is one Verify with
 * a single lane, and whoever still reads or writes the old table waits that long. A site past the
 * gate cutover has nobody who does.
 */
final class Truncation {
  private static final long CHUNK_IDS = 50_000;
  private static final int NO_DATABASE_PRIVILEGE = 1044;
  private static final int NO_TABLE_PRIVILEGE = 1142;

  private final TaskContext context;
  private final Ledger ledger;
  private final OldTable old;
  private final TableName name;
  private final String table;
  private final AtomicLong proven = new AtomicLong();

  Truncation(TaskContext context, Ledger ledger) {
    this.context = context;
    this.ledger = ledger;
    this.old = new OldTable(context.source());
    this.name = TableName.old(context.order());
    this.table = name.quoted();
  }

  /** Uses both privileges, before anything is begun. */
  void requireRights(Freeze freeze) throws SQLException {
    try (var source = context.source().open()) {
      number(source, Math.max(freeze.maxId() + 1, AutoIncrement.read(source, name)));
      lock(source, "READ");
    }
  }

  void run(Freeze freeze) throws SQLException {
    try (var beat = new Beat(ledger)) {
      Lanes.run(
          "truncate",
          1,
          context.stop(),
          lanes -> empty(lanes, freeze),
          () -> beat.with(target -> report(freeze)));
    }
  }

  private void empty(Lanes lanes, Freeze freeze) throws SQLException {
    var drained = new Drained(ledger);
    // Closing the connection unlocks, whatever happened.
    try (var comparison = Comparison.open(context, ledger)) {
      if (!old.empty(comparison.source())) {
        lock(comparison.source(), "WRITE");
        prove(lanes, freeze, comparison, drained);
        Sql.update(comparison.source(), "TRUNCATE TABLE " + table);
      }
      // It numbers from 1 now: a row that is written late would take the id of one that is copied.
      if (AutoIncrement.read(comparison.source(), name) <= freeze.maxId()) {
        number(comparison.source(), freeze.maxId() + 1);
      }
      drained.keepAll(comparison.target());
    }
  }

  private void prove(Lanes lanes, Freeze freeze, Comparison comparison, Drained drained)
      throws SQLException {
    old.refuseGrowth(comparison.source(), freeze.maxId());
    var count = old.count(comparison.source());
    refuseChanged(count, drained.state(comparison.target()));
    long rows = 0;
    for (var span : drained.spans(comparison.target())) {
      for (long lo = span.lo(); lo <= span.hi(); lo += CHUNK_IDS) {
        lanes.check();
        var ids = new Span(lo, Math.min(span.hi(), lo + CHUNK_IDS - 1));
        rows += rows(comparison, ids);
        proven.addAndGet(ids.ids());
      }
    }
    if (rows != count) {
      // Rows below the least frozen id, or between ranges.
      throw changed(count, rows);
    }
    lanes.check();
  }

  /** The rows of these ids in the old table, each of which the new one holds. */
  private static long rows(Comparison comparison, Span ids) throws SQLException {
    var pair = comparison.digests(ids);
    if (!pair.equal()) {
      var unproven = comparison.unproven(ids);
      if (!unproven.isEmpty()) {
        throw Refusal.of(unproven);
      }
    }
    return pair.source().rows();
  }

  private static void refuseChanged(long rows, Drained.State state) {
    var unchanged =
        state.idsDone() == 0 ? rows == state.verifiedRows() : rows <= state.verifiedRows();
    if (!unchanged) {
      throw changed(rows, state.verifiedRows());
    }
  }

  private static TaskFailure changed(long rows, long verified) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "OldTableChanged",
        "The old table holds %d rows, %d were verified; nothing was removed. Reconcile and verify again."
            .formatted(rows, verified),
        Map.of("rows", Long.toString(rows), "verifiedRows", Long.toString(verified)));
  }

  private void lock(Connection source, String how) throws SQLException {
    use(
        source,
        "LOCK TABLES " + table + " " + how,
        "lock the old table, and without the lock a row written after the last look would be lost; nothing was removed",
        "LOCK TABLES ON " + Identifier.quoted(context.source().name()) + ".*");
  }

  private void number(Connection source, long next) throws SQLException {
    use(
        source,
        "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table, next),
        "set AUTO_INCREMENT of the old table, which numbers from 1 again after TRUNCATE",
        "ALTER ON " + table);
  }

  private void use(Connection source, String statement, String what, String grant)
      throws SQLException {
    try {
      Sql.update(source, statement);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_DATABASE_PRIVILEGE && e.getErrorCode() != NO_TABLE_PRIVILEGE) {
        throw e;
      }
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "MissingGrant",
          "%s: user %s may not %s. Run: GRANT %s TO '%s'@'…'; then set a new spec.retryToken. (MySQL: %s)"
              .formatted(
                  context.source().label(),
                  context.source().username(),
                  what,
                  grant,
                  context.source().username(),
                  e.getMessage()));
    }
  }

  private void report(Freeze freeze) {
    context
        .progress()
        .say(
            new TaskProgress(
                Task.DRAIN,
                proven.get(),
                freeze.maxId() - freeze.minId() + 1,
                "ids",
                0,
                null,
                "comparing every row once more under a lock, then TRUNCATE"));
  }
}
