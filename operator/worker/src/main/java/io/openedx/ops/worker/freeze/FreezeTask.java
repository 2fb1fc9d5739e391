package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.schema.AutoIncrement;
import io.openedx.ops.worker.schema.EarlierCopy;
import io.openedx.ops.worker.schema.HistoryColumns;
import io.openedx.ops.worker.schema.IdOverlap;
import io.openedx.ops.worker.schema.IdSpan;
import io.openedx.ops.worker.schema.TableName;
import io.openedx.ops.worker.schema.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fixes which ids are to be copied, once the old table is proven to be quiet. Done again after more
 * rows appeared, it moves maxId up, never down: what was promised to be copied stays promised.
 */
public final class FreezeTask implements WorkTask {
  private final Function<TaskContext, FreezeRecord> records;

  public FreezeTask(Function<TaskContext, FreezeRecord> records) {
    this.records = records;
  }

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    try (var source = context.source().open();
        var target = context.target().open()) {
      var record = records.apply(context);
      var sides =
          new IdOverlap.Sides(
              source, TableName.old(context.order()), target, TableName.extended(context.order()));
      var ids = new QuietProof(context, source, sides.old()).await();
      var frozen = fix(context, sides, ids, record.recorded());
      record.record(frozen);
      return result(frozen);
    }
  }

  private static Frozen fix(
      TaskContext context, IdOverlap.Sides sides, IdSpan ids, Optional<Frozen> recorded)
      throws SQLException {
    var hash =
        SchemaHash.of(shape(sides.source(), sides.old()), shape(sides.target(), sides.extended()));
    if (recorded.isEmpty() || recorded.get().empty()) {
      refuseForeign(context, sides, ids.max());
      var floor = floor(context, sides, ids.max());
      return new Frozen(ids.min(), ids.max(), floor, HistoryColumns.NAMES, hash);
    }
    var before = recorded.get();
    refuseChange(before, ids.max(), hash);
    // Once rows are drained the old table says less than the record: that never shrinks.
    var maxId = Math.max(before.maxId(), ids.max());
    return new Frozen(
        ids.empty() ? before.minId() : Math.min(before.minId(), ids.min()),
        maxId,
        Math.min(before.nativeFloor(), floor(context, sides, maxId)),
        HistoryColumns.NAMES,
        hash);
  }

  private static void refuseForeign(TaskContext context, IdOverlap.Sides sides, long maxId)
      throws SQLException {
    var judged =
        IdOverlap.look(sides, maxId, context.clock())
            .judge(
                context.target().label(),
                EarlierCopy.begun(sides.target(), sides.extended().database()));
    if (judged.severity() == Severity.BLOCKER) {
      throw new TaskFailure(ExitCode.CONTRADICTION, judged.check(), judged.message());
    }
  }

  private static void refuseChange(Frozen before, long maxId, String hash) {
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
  private static long floor(TaskContext context, IdOverlap.Sides sides, long maxId)
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

  private static TaskResult result(Frozen frozen) {
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
