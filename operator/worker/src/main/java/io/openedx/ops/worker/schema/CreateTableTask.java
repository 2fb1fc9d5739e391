package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.ledger.LedgerTables;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.site.SiteMigrated;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the control tables and the new table, or takes the one that Django made, and puts its
 * counter above the old ids. Django's own migration does that no more: the router skips it, and
 * live rows would begin at id 1.
 */
public final class CreateTableTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    SiteMigrated.demand(context);
    try (var source = context.source().open();
        var target = context.target().open()) {
      return run(context, source, target);
    }
  }

  private static TaskResult run(TaskContext context, Connection source, Connection target)
      throws SQLException {
    var oldName = TableName.old(context.order());
    var name = TableName.extended(context.order());
    var old = shape(source, oldName, context.source().label());
    if (TableShape.read(target, name).isEmpty()) {
      var collation = Utf8mb4.like(Optional.of(old), target);
      Sql.update(target, ExtendedTable.ddl(name, collation));
    }
    var extended = shape(target, name, context.target().label());
    refuse(ExitCode.CONFIGURATION, Fit.judge(context.target().label(), old, extended));

    var oldIds = IdSpan.read(source, oldName);
    var maxOldId = oldIds.max();
    var overlap =
        IdOverlap.look(new Origins.Sides(source, oldName, target, name), oldIds, context.clock());
    var begun = EarlierCopy.begun(target, name.database());
    refuse(ExitCode.CONTRADICTION, overlap.judge(context.target().label(), begun));

    new LedgerTables(name.database()).create(target);

    var wanted = maxOldId + context.order().freeze().autoIncrementMargin();
    AutoIncrement.raise(target, name, wanted);
    var counter = AutoIncrement.read(target, name);
    if (counter < wanted) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "AutoIncrementNotSet",
          "%s: AUTO_INCREMENT of %s was set to %d but reads %d; the site's own rows would take ids of the old table. Look at the table's definition, then set a new spec.retryToken."
              .formatted(context.target().label(), name, wanted, counter));
    }
    return new TaskResult(
        "TableReady",
        "%s is there; its own rows get ids from %d on, %d above the highest old id %d."
            .formatted(name, counter, counter - maxOldId, maxOldId),
        Map.of(
            "autoIncrement", Long.toString(counter),
            "maxOldId", Long.toString(maxOldId),
            "adoptedRows", Long.toString(overlap.adopted()),
            "collation", extended.collation()));
  }

  private static TableShape shape(Connection connection, TableName name, String where)
      throws SQLException {
    return TableShape.read(connection, name)
        .orElseThrow(
            () ->
                new TaskFailure(
                    ExitCode.CONFIGURATION,
                    "UnknownTable",
                    "%s: there is no table %s, or the user may not see it; check the database's name and the grants, then set a new spec.retryToken."
                        .formatted(where, name)));
  }

  private static void refuse(ExitCode exitCode, List<Finding> findings) {
    var blockers = findings.stream().filter(each -> each.severity() == Severity.BLOCKER).toList();
    if (!blockers.isEmpty()) {
      throw new TaskFailure(
          exitCode,
          blockers.get(0).check(),
          blockers.stream().map(Finding::message).collect(Collectors.joining(" ")),
          blockers);
    }
  }
}
