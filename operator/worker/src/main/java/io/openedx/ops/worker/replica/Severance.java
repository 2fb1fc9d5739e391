package io.openedx.ops.worker.replica;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What must stay true of a replica while rows are read from it. No row would be lost otherwise, as
 * all are compared with the source; but a replica that goes on replicating is not what was planned
 * with, and nobody would know what had been read from it.
 */
public final class Severance {
  private final Database replica;
  private final TableName table;
  private final IdSpan ids;

  private Severance(Database replica, TableName table, IdSpan ids) {
    this.replica = replica;
    this.table = table;
    this.ids = ids;
  }

  /**
   * As it is now.
   *
   * @param sourceUuid the server that the replica was severed from
   * @throws TaskFailure CONFIGURATION ReplicaIsSource or StillReplicating
   */
  public static Severance now(
      Database replica, Connection connection, TableName table, String sourceUuid)
      throws SQLException {
    var uuid = Sql.one(connection, row -> row.getString(1), "SELECT @@server_uuid");
    if (uuid.equals(sourceUuid)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ReplicaIsSource",
          "%s is the source itself now (both are server %s), which it was to spare: no row was read there. Let %s.host lead to the severed replica again and set a new spec.retryToken; or start a new CsmhMigration without it, which goes on with what is copied."
              .formatted(replica.label(), uuid, replica.field()));
    }
    var severance = new Severance(replica, table, IdSpan.read(connection, table));
    severance.refuseReplication(connection);
    return severance;
  }

  /** The ids it holds. */
  public IdSpan ids() {
    return ids;
  }

  /**
   * Still the same.
   *
   * @throws TaskFailure CONFIGURATION StillReplicating or ReplicaChanged
   */
  public void demand(Connection connection) throws SQLException {
    refuseReplication(connection);
    var now = IdSpan.read(connection, table);
    if (!now.equals(ids)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ReplicaChanged",
          "%s: the ids of %s were %d to %d when the copy began and are %d to %d now: it replicates again, or somebody writes to it. No row is lost, as Reconcile compares each with the source. Stop that, then set a new spec.retryToken; or start a new CsmhMigration without %s, which goes on with what is copied."
              .formatted(
                  replica.label(),
                  table,
                  ids.min(),
                  ids.max(),
                  now.min(),
                  now.max(),
                  replica.field()));
    }
  }

  private void refuseReplication(Connection connection) throws SQLException {
    if (Replication.of(connection) instanceof Replication.Running running) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "StillReplicating",
          "%s replicates from %s: rows would change while they are read. No row is lost, as Reconcile compares each with the source. Run there: %s; then set a new spec.retryToken."
              .formatted(replica.label(), running.from(), running.sever()));
    }
  }
}
