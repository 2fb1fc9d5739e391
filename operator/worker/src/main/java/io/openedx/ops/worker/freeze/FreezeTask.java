package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Drained;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Heart;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.origin.NumberedAnew;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.SchemaHash;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.schema.AutoIncrement;
import io.openedx.ops.worker.schema.IdOverlap;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Fixes which ids are to be copied, once the old table is proven to be quiet. Done again after more
 * rows appeared, it moves maxId up, never down: what was promised to be copied stays promised.
 */
public final class FreezeTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var ledger = Ledger.join(context);
    return Heart.during(ledger, () -> run(context, ledger));
  }

  private static TaskResult run(TaskContext context, Ledger ledger) throws SQLException {
    var freezes = new Freezes(ledger);
    try (var source = context.source().open();
        var target = ledger.open()) {
      var sides =
          new Origins.Sides(
              source, TableName.old(context.order()), target, TableName.extended(context.order()));
      var ids = new QuietProof(context, Task.FREEZE, context.source(), source, sides.old()).await();
      var recorded = freezes.recorded(target);
      if (recorded.isPresent() && new Drained(ledger).over(target)) {
        refuseNumberedAnew(sides, ids, recorded.get().maxId());
      }
      var frozen = fix(context, sides, ids, recorded);
      freezes.record(target, frozen);
      return result(frozen);
    }
  }

  private static void refuseNumberedAnew(Origins.Sides sides, IdSpan ids, long maxId) {
    if (!ids.empty() && ids.min() <= maxId) {
      throw new NumberedAnew(sides, maxId).failure(ExitCode.CONTRADICTION);
    }
  }

  private static Freeze fix(
      TaskContext context, Origins.Sides sides, IdSpan ids, Optional<Freeze> recorded)
      throws SQLException {
    var hash =
        SchemaHash.of(shape(sides.source(), sides.old()), shape(sides.target(), sides.extended()));
    if (recorded.isEmpty() || recorded.get().empty()) {
      refuseForeign(context, sides, ids);
      var floor = floor(context, sides, ids.max());
      return new Freeze(ids.empty() ? 1 : ids.min(), ids.max(), floor, HistoryTable.COLUMNS, hash);
    }
    var before = recorded.get();
    refuseChange(before, ids.max(), hash);
    // Once rows are drained the old table says less than the record: that never shrinks.
    var maxId = Math.max(before.maxId(), ids.max());
    return new Freeze(
        ids.empty() ? before.minId() : Math.min(before.minId(), ids.min()),
        maxId,
        Math.min(before.nativeFloor(), floor(context, sides, maxId)),
        HistoryTable.COLUMNS,
        hash);
  }

  private static void refuseForeign(TaskContext context, Origins.Sides sides, IdSpan ids)
      throws SQLException {
    var begun = EarlierCopy.begun(sides.target(), sides.extended().database());
    var overlap = IdOverlap.look(sides, ids, context.clock());
    for (var judged : overlap.judge(context.target().label(), begun)) {
      if (judged.severity() == Severity.BLOCKER) {
        throw new TaskFailure(ExitCode.CONTRADICTION, judged.check(), judged.message());
      }
    }
  }

  private static void refuseChange(Freeze before, long maxId, String hash) {
    if (!before.schemaHash().equals(hash)) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "SchemaChanged",
          "A column of the old or the new table was altered since the freeze (schema %s, now %s). Rows copied before may differ from their originals. Undo the change, then set a new spec.retryToken."
              .formatted(before.schemaHash(), hash));
    }
    if (maxId >= before.nativeFloor()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "IdCollision",
          "The old table has grown to id %d, past the first id %d that the site took in the new table: the margin is used up and ids would collide. Find the process that still writes to the old table; a human must give these rows new ids."
              .formatted(maxId, before.nativeFloor()));
    }
  }

  /** The lowest id of a row that the site wrote to the new table, or will give to the first one. */
  private static long floor(TaskContext context, Origins.Sides sides, long maxId)
      throws SQLException {
    var target = sides.target();
    var extended = sides.extended();
    var lowest =
        Sql.one(
            target,
            row -> Optional.of(row.getLong(1)).filter(id -> id > 0),
            "SELECT MIN(id) FROM %s WHERE id > ?".formatted(extended.quoted()),
            maxId);
    var counter = AutoIncrement.read(target, extended);
    if (counter <= maxId) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "AutoIncrementTooLow",
          "%s: the next row of %s would get id %d, which belongs to the old table (its highest is %d). Stop the site's writes to it and run: ALTER TABLE %s AUTO_INCREMENT = %d; then set a new spec.retryToken."
              .formatted(
                  context.target().label(),
                  extended,
                  counter,
                  maxId,
                  extended.quoted(),
                  maxId + context.order().freeze().autoIncrementMargin()));
    }
    return lowest.orElse(counter);
  }

  private static TaskResult result(Freeze frozen) {
    var evidence =
        Map.of(
            "minId", Long.toString(frozen.minId()),
            "maxId", Long.toString(frozen.maxId()),
            "nativeFloor", Long.toString(frozen.nativeFloor()),
            "schemaHash", frozen.schemaHash());
    return frozen.empty()
        ? new TaskResult("NothingToCopy", "The old table is empty and quiet.", evidence)
        : new TaskResult(
            "Frozen",
            "The old table is quiet: ids %d to %d are to be copied; the site's own rows in the new table begin at %d."
                .formatted(frozen.minId(), frozen.maxId(), frozen.nativeFloor()),
            evidence);
  }

  private static TableShape shape(Connection connection, TableName name) throws SQLException {
    return TableShape.read(connection, name)
        .orElseThrow(
            () ->
                new TaskFailure(
                    ExitCode.CONFIGURATION,
                    "UnknownTable",
                    "There is no table %s, or the user may not see it; look why it went, then set a new spec.retryToken."
                        .formatted(name)));
  }
}
