package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is counted over all pods and attempts of a run: a limit per pod would grow with the pods.
 */
public final class RunCounters {
  private final Ledger ledger;

  public RunCounters(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * One more row that Reconcile deletes; the row stays locked until the transaction ends.
   *
   * @return false if the limit is reached
   */
  public boolean countDelete(Connection connection, long most) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().run()
                + " SET reconciled_deletes = reconciled_deletes + 1"
                + " WHERE id = 1 AND reconciled_deletes < ?",
            most)
        == 1;
  }
}
