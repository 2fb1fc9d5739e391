package io.openedx.ops.worker.ledger;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The one row that says whose the control tables are. */
final class Runs {
  /** A run whose workers said nothing for so long is dead. */
  static final int DEAD_AFTER_SECONDS = 30;

  private static final String ENGINE_VERSION = "1";

  private record Row(
      String uid, String name, long epoch, String sourceDatabase, String sourceUuid, double age) {}

  private final LedgerTables tables;

  Runs(LedgerTables tables) {
    this.tables = tables;
  }

  Ledger join(Connection connection, TaskContext context) throws SQLException {
    var owner = owner(connection, context.index());
    try (var source = context.source().open()) {
      var uuid = Sql.one(source, row -> row.getString(1), "SELECT @@server_uuid");
      var epoch = Transaction.in(connection, c -> enter(c, context, source, uuid));
      return new Ledger(context.target(), tables, epoch, owner, uuid);
    }
  }

  private static Owner owner(Connection connection, int index) throws SQLException {
    var since = Sql.one(connection, row -> row.getString(1), "SELECT CAST(NOW(6) AS CHAR)");
    return new Owner(index, UUID.randomUUID().toString(), since);
  }

  private long enter(
      Connection connection, TaskContext context, Connection source, String sourceUuid)
      throws SQLException {
    var order = context.order();
    var database = context.source().name();
    Sql.update(
        connection,
        insert(),
        order.runUid(),
        order.runName(),
        sourceUuid,
        database,
        ENGINE_VERSION);
    var row = locked(connection);
    if (!row.sourceDatabase().equals(database)) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "OtherSource",
          ("The control tables in %s belong to a copy from database %s, not from %s."
                  + " Finish that run, or remove the three openedx_ops_csmh_* tables if it never"
                  + " copied anything.")
              .formatted(tables.database(), row.sourceDatabase(), database));
    }
    var ours = row.uid().equals(order.runUid());
    var moved = !row.sourceUuid().equals(sourceUuid);
    if (ours && !moved) {
      Sql.update(connection, touch());
      return row.epoch();
    }
    if (!ours && row.age() < DEAD_AFTER_SECONDS) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "AnotherRunIsActive",
          "Run %s works on the same target and was alive %.0f s ago; this one waits until it ends."
              .formatted(row.name(), row.age()));
    }
    if (moved) {
      new SourceChange(tables, context, source, connection)
          .accept(row.sourceUuid(), sourceUuid, !ours);
    }
    Sql.update(connection, takeOver(), order.runUid(), order.runName(), sourceUuid);
    // Every lane of the old run, or of the old server, is fenced by this; what it committed counts.
    Sql.update(connection, fenceAll());
    return row.epoch() + 1;
  }

  private Row locked(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getDouble(6)),
        "SELECT run_uid, run_name, run_epoch, source_database, source_uuid,"
            + " TIMESTAMPDIFF(MICROSECOND, heartbeat, NOW(6)) / 1e6 FROM "
            + tables.run()
            + " WHERE id = 1 FOR UPDATE");
  }

  private String insert() {
    return "INSERT INTO "
        + tables.run()
        + " (id, run_uid, run_name, run_epoch, source_uuid, source_database, engine_version,"
        + " created_at, heartbeat) VALUES (1, ?, ?, 1, ?, ?, ?, NOW(6), NOW(6))"
        + " ON DUPLICATE KEY UPDATE id = id";
  }

  private String touch() {
    return "UPDATE " + tables.run() + " SET heartbeat = NOW(6) WHERE id = 1";
  }

  private String takeOver() {
    return "UPDATE "
        + tables.run()
        + " SET run_uid = ?, run_name = ?, source_uuid = ?, run_epoch = run_epoch + 1,"
        + " reconciled_deletes = 0, heartbeat = NOW(6) WHERE id = 1";
  }

  private String fenceAll() {
    return "UPDATE "
        + tables.range()
        + " SET epoch = epoch + 1, owner = NULL, owner_index = NULL, lease_until = NULL";
  }
}
