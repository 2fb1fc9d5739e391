package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Says that this process lives: the run is not taken over, its ranges are not claimed. */
public final class Pulse {
  /**
   * Long enough for a slow chunk between two beats; a successor of the same index need not wait.
   */
  static final int LEASE_SECONDS = 30;

  private final Ledger ledger;

  public Pulse(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Renews the run's heartbeat and the leases of this process.
   *
   * @throws io.openedx.ops.worker.task.TaskFailure with exit code FENCED if the run was taken over
   */
  public void beat(Connection connection) throws SQLException {
    var alive =
        Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().run()
                + " SET heartbeat = NOW(6) WHERE id = 1 AND run_epoch = ?",
            ledger.runEpoch());
    if (alive != 1) {
      throw Ledger.fenced();
    }
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().range()
            + " SET lease_until = NOW(6) + INTERVAL ? SECOND WHERE owner LIKE ?",
        LEASE_SECONDS,
        ledger.owner().lanes());
  }

  /**
   * Says that this process ends in order: the next run need not wait until silence counts as death.
   * Another pod of this run that goes on says so with its next beat.
   */
  public void signOff(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().run()
            + " SET heartbeat = NOW(6) - INTERVAL ? SECOND WHERE id = 1 AND run_epoch = ?",
        Runs.DEAD_AFTER_SECONDS,
        ledger.runEpoch());
  }

  /** Gives every range of this process back. */
  public void releaseAll(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().range()
            + " SET owner = NULL, owner_index = NULL, lease_until = NULL WHERE owner LIKE ?",
        ledger.owner().lanes());
  }
}
