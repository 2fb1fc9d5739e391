package io.openedx.ops.worker.drain;

import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Fence;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.RangeLoop;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Digest;
import io.openedx.ops.worker.row.RowHash;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.throttle.Burden;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Deletes a range of the old table in small transactions. Each locks its rows, asks the new table
 * for the same ids, and deletes only what is equal there. The range's row stays locked meanwhile:
 * no other worker can take the range over between our look and our commit.
 */
final class DeleteSession implements RangeLoop.Session {
  private final Comparison comparison;
  private final Fence fence;
  private final Drained drained;
  private final Throttle throttle;
  private final int maxVerifiedAgeSeconds;
  private final LearnerOrder order;
  private final ProveSession prove;
  private BatchServo servo = BatchServo.start();

  DeleteSession(
      Comparison comparison,
      Fence fence,
      Drained drained,
      Throttle throttle,
      List<String> indexes,
      int maxVerifiedAgeSeconds) {
    this.order = new LearnerOrder(comparison.old(), indexes);
    this.comparison = comparison;
    this.fence = fence;
    this.drained = drained;
    this.throttle = throttle;
    this.maxVerifiedAgeSeconds = maxVerifiedAgeSeconds;
    this.prove = new ProveSession(comparison, drained, throttle);
  }

  @Override
  public Connection target() {
    return comparison.target();
  }

  @Override
  public void work(Lanes lanes, Range range) throws SQLException {
    var oldest = drained.oldest(target(), maxVerifiedAgeSeconds);
    if (drained.stale(target(), range, oldest)) {
      prove.work(lanes, range);
    }
    long next = drained.nextId(target(), range);
    while (next <= range.hi()) {
      throttle.await(lanes, Burden.WRITING);
      var began = System.nanoTime();
      var ids = batch(next, range.hi());
      var gone =
          Transaction.in(
              target(),
              to -> fence.lock(to, range) && deleted(ids) && drained.keep(to, range, ids.hi() + 1));
      if (!gone) {
        return;
      }
      servo = servo.after(Duration.ofNanos(System.nanoTime() - began));
      next = ids.hi() + 1;
    }
  }

  private Span batch(long lo, long hi) throws SQLException {
    return Sql.one(
        comparison.source(),
        row -> new Span(lo, row.getLong(1) < servo.rows() ? hi : row.getLong(2)),
        RowHash.nextRows(comparison.old()),
        lo,
        hi,
        servo.rows());
  }

  private boolean deleted(Span ids) throws SQLException {
    return Transaction.in(comparison.source(), from -> delete(from, ids));
  }

  private boolean delete(Connection from, Span ids) throws SQLException {
    order.lock(from, ids);
    var ours =
        Sql.one(from, Digest::read, RowHash.lockingDigest(comparison.old()), ids.lo(), ids.hi());
    if (ours.rows() == 0) {
      return true;
    }
    var theirs =
        Sql.one(target(), Digest::read, RowHash.digest(comparison.next()), ids.lo(), ids.hi());
    if (!ours.equals(theirs)) {
      var unproven = comparison.unproven(ids);
      if (!unproven.isEmpty()) {
        throw Refusal.of(unproven);
      }
    }
    var rows =
        Sql.update(
            from,
            "DELETE FROM " + comparison.old().table() + " WHERE id BETWEEN ? AND ?",
            ids.lo(),
            ids.hi());
    if (rows != ours.rows()) {
      throw new IllegalStateException(
          "deleted %d rows where %d were locked; rolled back".formatted(rows, ours.rows()));
    }
    return true;
  }

  @Override
  public void close() {
    comparison.close();
  }
}
