package io.openedx.ops.worker.ledger;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.SchemaHash;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The source answers with another server_uuid than the recorded one: the site failed over, restored
 * its server, or host names another server with a database of the same name. Rows of one server
 * must never be deleted on the word of a comparison with another.
 */
final class SourceChange {
  private final LedgerTables tables;
  private final TaskContext context;
  private final Connection source;
  private final Connection target;

  SourceChange(LedgerTables tables, TaskContext context, Connection source, Connection target) {
    this.tables = tables;
    this.context = context;
    this.source = source;
    this.target = target;
  }

  /**
   * Accepts a failed-over source: its old table has the frozen ids and columns. Whatever was
   * compared with the former server counts no more. A new run that finds nothing copied begins
   * anew.
   *
   * @throws TaskFailure CONTRADICTION OtherSource
   */
  void accept(String recordedUuid, String uuid, boolean newRun) throws SQLException {
    var freeze = Freezes.recorded(target, tables);
    if (freeze.isEmpty()) {
      return;
    }
    if (newRun && nothingCopied()) {
      forget();
      return;
    }
    var ids = IdSpan.read(source, TableName.old(context.order()));
    if (!sameIds(freeze.get(), ids) || !sameShape(freeze.get())) {
      throw refused(recordedUuid, uuid, freeze.get(), ids);
    }
    resetMarks();
  }

  /** Once rows are drained both ends may be gone; each row left is compared when it goes. */
  private boolean sameIds(Freeze freeze, IdSpan ids) throws SQLException {
    if (drainBegan()) {
      return ids.empty() || (ids.min() >= freeze.minId() && ids.max() <= freeze.maxId());
    }
    return ids.empty()
        ? freeze.empty()
        : ids.min() == freeze.minId() && ids.max() == freeze.maxId();
  }

  private boolean sameShape(Freeze freeze) throws SQLException {
    var old = TableShape.read(source, TableName.old(context.order()));
    var extended = TableShape.read(target, TableName.extended(context.order()));
    return old.isPresent()
        && extended.isPresent()
        && SchemaHash.of(old.get(), extended.get()).equals(freeze.schemaHash());
  }

  private boolean drainBegan() throws SQLException {
    return Sql.one(
        target,
        row -> row.getBoolean(1),
        "SELECT drain_began_at IS NOT NULL FROM " + tables.run() + " WHERE id = 1");
  }

  private boolean nothingCopied() throws SQLException {
    return Sql.one(
        target,
        row -> row.getBoolean(1),
        "SELECT NOT EXISTS (SELECT 1 FROM " + tables.range() + " WHERE rows_copied > 0)");
  }

  private void forget() throws SQLException {
    Sql.update(target, "DELETE FROM " + tables.range());
    Sql.update(target, "DELETE FROM " + tables.pass());
    Sql.update(
        target,
        "UPDATE "
            + tables.run()
            + " SET min_id = NULL, max_id = NULL, native_floor = NULL, column_list = NULL,"
            + " schema_hash = NULL, frozen_at = NULL, began_empty = NULL, planned_at = NULL,"
            + " drain_began_at = NULL WHERE id = 1");
  }

  private void resetMarks() throws SQLException {
    Sql.update(target, "DELETE FROM " + tables.pass());
    Sql.update(
        target,
        "UPDATE "
            + tables.range()
            + " SET pass = 0, compared_to = 0, compared_on = NULL, source_rows = 0, source_hash = NULL,"
            + " target_rows = 0, target_hash = NULL, differences = 0, difference_sample = '',"
            + " repaired_rows = 0, verified_at = NULL, verified_on = NULL, drained_to = NULL");
  }

  private TaskFailure refused(String recordedUuid, String uuid, Freeze freeze, IdSpan ids) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "OtherSource",
        ("%s is server %s, but the control tables in %s belong to a copy from server %s, and the old"
                + " table is not the one that was frozen there (ids %d to %d then, %d to %d now, or"
                + " other columns). Nothing was changed. If this is another server: correct"
                + " spec.source in a new CsmhMigration. If it is the same one after a failover or a"
                + " restore: bring back the rows that it lost and set a new spec.retryToken; or remove"
                + " the three openedx_ops_csmh_* tables and start a new CsmhMigration, which compares"
                + " every row that was copied before.")
            .formatted(
                context.source().label(),
                uuid,
                tables.database(),
                recordedUuid,
                freeze.minId(),
                freeze.maxId(),
                ids.min(),
                ids.max()));
  }
}
