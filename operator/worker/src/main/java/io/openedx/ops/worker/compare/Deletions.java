package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.RunCounters;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;

/** How many rows the whole run may delete from the new table, over all pods and attempts. */
final class Deletions {
  private final RunCounters counters;
  private final long most;

  Deletions(Ledger ledger, long most) {
    this.counters = new RunCounters(ledger);
    this.most = most;
  }

  /** Counts one, in the transaction that deletes. */
  void count(Connection target) throws SQLException {
    if (!counters.countDelete(target, most)) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "TooManyRowsGone",
          ("More than %d rows that were copied are gone from the old table. Was it emptied by hand"
                  + " (or were they deleted since a replica was severed from it)?"
                  + " The new table keeps them. Restore the old table, or delete them from the new one"
                  + " if that is meant, then set a new spec.retryToken.")
              .formatted(most));
    }
  }
}
