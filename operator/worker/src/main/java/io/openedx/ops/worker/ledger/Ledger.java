package io.openedx.ops.worker.ledger;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * This process's place in the run.
 *
 * @param runEpoch the run's epoch at joining; a later one fences this process off
 * @param sourceUuid the server that holds the old table, as joining found and accepted it
 */
public record Ledger(
    Database target, LedgerTables tables, long runEpoch, Owner owner, String sourceUuid) {

  /** Makes the control tables and joins the run, or takes it over from one that is dead. */
  public static Ledger join(TaskContext context) throws SQLException {
    var tables = new LedgerTables(context.target().name());
    try (var connection = context.target().open()) {
      tables.create(connection);
      return new Runs(tables).join(connection, context);
    }
  }

  /** A connection to the server that holds the control tables. */
  public Connection open() throws SQLException {
    return target.open();
  }

  /** What every lane says that finds the run's epoch moved on. */
  public static TaskFailure fenced() {
    return new TaskFailure(
        ExitCode.FENCED,
        "Fenced",
        "Another run has taken the control tables over; this worker writes nothing any more.");
  }
}
