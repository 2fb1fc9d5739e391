package io.openedx.ops.worker.compare;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Lock;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.Fence;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.row.LargeRow;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes one row of the new table what the old table holds, in one transaction of the target: the
 * old row is locked while it is read, so that a delete or an update waits for us or we for it.
 */
final class Repair {
  private final Comparison comparison;
  private final Database source;
  private final Fence fence;
  private final Drained drained;
  private final Deletions deletions;

  Repair(Comparison comparison, Database source, Ledger ledger, Deletions deletions) {
    this.deletions = deletions;
    this.comparison = comparison;
    this.source = source;
    this.fence = new Fence(ledger);
    this.drained = new Drained(ledger);
  }

  /** False if the range is not ours any more, or is being drained: nothing was done. */
  boolean row(Range range, long id) throws SQLException {
    return Transaction.in(
        comparison.source(),
        from -> {
          var there = !Sql.list(from, row -> row.getLong(1), lock(), id).isEmpty();
          return Transaction.in(comparison.target(), to -> replace(to, range, id, there));
        });
  }

  private boolean replace(Connection target, Range range, long id, boolean there)
      throws SQLException {
    if (!there) {
      // First of all: it locks the run's row, which began() shares; the other order is a deadlock.
      deletions.count(target);
    }
    if (drained.began(target) || !fence.lock(target, range)) {
      return false;
    }
    Sql.update(target, "DELETE FROM " + comparison.next().table() + " WHERE id = ?", id);
    if (there) {
      new LargeRow(source, comparison.old()).insert(target, comparison.next(), id);
    }
    return true;
  }

  private String lock() {
    return "SELECT id FROM " + comparison.old().table() + " WHERE id = ?" + Lock.SHARED;
  }
}
