package io.openedx.ops.worker.drain;

import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.RangeLoop;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.throttle.Burden;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;

/** Proves again that what is left of a range in the old table is in the new one, equal. */
final class ProveSession implements RangeLoop.Session {
  private static final long CHUNK_IDS = 50_000;

  private final Comparison comparison;
  private final Drained drained;
  private final Throttle throttle;

  ProveSession(Comparison comparison, Drained drained, Throttle throttle) {
    this.comparison = comparison;
    this.drained = drained;
    this.throttle = throttle;
  }

  @Override
  public Connection target() {
    return comparison.target();
  }

  @Override
  public void work(Lanes lanes, Range range) throws SQLException {
    long rows = 0;
    for (long lo = drained.nextId(target(), range); lo <= range.hi(); lo += CHUNK_IDS) {
      throttle.await(lanes, Burden.READING);
      var ids = new Span(lo, Math.min(range.hi(), lo + CHUNK_IDS - 1));
      var pair = comparison.digests(ids);
      if (!pair.equal()) {
        var unproven = comparison.unproven(ids);
        if (!unproven.isEmpty()) {
          throw Refusal.of(unproven);
        }
      }
      rows += pair.source().rows();
    }
    drained.proven(target(), range, rows);
  }

  @Override
  public void close() {
    comparison.close();
  }
}
