package io.openedx.ops.worker.rollback;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.freeze.OpenTransactions;
import io.openedx.ops.worker.ledger.LedgerTables;
import io.openedx.ops.worker.row.Column;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Before any process of the site writes to the old table again: proves that the rows of the new one
 * fit into it, and has it number its own rows above theirs. Without that it would go on below them,
 * and the two would meet.
 */
public final class PrepareRollbackTask implements WorkTask {
  /** What the types that such columns have been seen with can hold. */
  private static final Map<String, Long> MOST =
      Map.of("int", 2_147_483_647L, "int unsigned", 4_294_967_295L);

  /** Done to no row; each needs its right. */
  private static final List<String> RIGHTS =
      List.of("INSERT INTO %1$s SELECT * FROM %1$s WHERE FALSE", "DELETE FROM %1$s WHERE FALSE");

  private static final String UNFIT =
      "SELECT id FROM %s WHERE id BETWEEN ? AND ? AND BINARY state <> BINARY CONVERT(CONVERT(state USING %s) USING utf8mb4) LIMIT 1";

  private static final String PROCESS = "PROCESS ON *.*";

  private record Tables(
      TaskContext context,
      Connection source,
      TableName old,
      Connection target,
      TableName extended) {}

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    try (var source = context.source().open();
        var target = context.target().open()) {
      var tables =
          new Tables(
              context,
              source,
              TableName.old(context.order()),
              target,
              TableName.extended(context.order()));
      requireRights(tables);
      var room = new Room(context, source, target);
      var beginning = room.wanted();
      requireFit(tables, beginning);
      new HiddenRows(context, source, target)
          .refuse(beginning.old(), IdSpan.read(target, tables.extended()));
      permitted(context.source(), onOld(tables), () -> room.make(beginning));
      // The old table is to have ids above those that were frozen: a later run begins anew.
      new LedgerTables(context.target().name()).drop(target);
      return result(tables, beginning);
    }
  }

  private static void requireRights(Tables tables) {
    var context = tables.context();
    for (var statement : RIGHTS) {
      permitted(
          context.source(),
          onOld(tables),
          () -> Sql.update(tables.source(), statement.formatted(tables.old().quoted())));
    }
    permitted(context.source(), PROCESS, () -> seesTransactions(tables.source()));
    permitted(context.target(), PROCESS, () -> seesTransactions(tables.target()));
  }

  private static String onOld(Tables tables) {
    return "SELECT, INSERT, DELETE, ALTER ON " + tables.old().quoted();
  }

  private static void seesTransactions(Connection connection) throws SQLException {
    Sql.one(connection, row -> row.getLong(1), OpenTransactions.NEEDS_PROCESS);
  }

  @FunctionalInterface
  private interface Statement {
    void run() throws SQLException;
  }

  private static void permitted(Database server, String grant, Statement statement) {
    try {
      statement.run();
    } catch (SQLException e) {
      var failure = TaskFailure.of(e, "Trying whether rows may come back");
      throw failure.exitCode() == ExitCode.CONFIGURATION ? missingGrant(server, grant, e) : failure;
    }
  }

  private static TaskFailure missingGrant(Database server, String grant, SQLException e) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "MissingGrant",
        "%s: user %s may not do what bringing rows back needs (%s). No row was changed. Run: GRANT %s TO that user; then set a new spec.retryToken."
            .formatted(server.label(), server.username(), e.getMessage(), grant));
  }

  private static void requireFit(Tables tables, Beginning beginning) throws SQLException {
    var shape = TableShape.read(tables.source(), tables.old()).orElseThrow();
    requireHolds(tables, shape, "id", beginning.counter());
    requireHolds(
        tables,
        shape,
        "student_module_id",
        Sql.one(
            tables.target(),
            row -> row.getLong(1),
            "SELECT COALESCE(MAX(student_module_id), 0) FROM " + tables.extended().quoted()));
    requireText(tables, shape, beginning);
  }

  private static void requireHolds(Tables tables, TableShape old, String column, long value) {
    var type = old.column(column).map(Column::type).orElse("int");
    var most = MOST.getOrDefault(type, Long.MAX_VALUE);
    if (value > most) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "RowsDoNotFit",
          "%s: %s of %s is %s and cannot hold %d, which the rows of %s need. Nothing was changed. Keep both tables (move spec.until forward again), or widen the column."
              .formatted(
                  tables.context().source().label(),
                  column,
                  tables.old(),
                  type,
                  value,
                  tables.extended()));
    }
  }

  /** An old table in latin1 or utf8mb3 may not hold what the new one took. */
  private static void requireText(Tables tables, TableShape shape, Beginning beginning)
      throws SQLException {
    var charset = shape.column("state").map(Column::charset).orElse("utf8mb4");
    if (charset.equals("utf8mb4")) {
      return;
    }
    for (var span : beginning.toReturn(IdSpan.read(tables.target(), tables.extended()))) {
      Optional<Long> unfit =
          Sql.first(
              tables.target(),
              row -> row.getLong(1),
              UNFIT.formatted(tables.extended().quoted(), charset),
              span.lo(),
              span.hi());
      if (unfit.isPresent()) {
        throw new TaskFailure(
            ExitCode.CONFIGURATION,
            "RowsDoNotFit",
            "%s: state of %s is %s and cannot hold the text of row %d of %s. Nothing was changed. Keep both tables (move spec.until forward again), or convert the column to utf8mb4."
                .formatted(
                    tables.context().source().label(),
                    tables.old(),
                    charset,
                    unfit.get(),
                    tables.extended()));
      }
    }
  }

  private static TaskResult result(Tables tables, Beginning beginning) {
    return new TaskResult(
        "RollbackPrepared",
        "%s numbers its own rows from %d on, above all of %s, so that these can come back with their ids. Nothing else was changed."
            .formatted(tables.old(), beginning.counter(), tables.extended()),
        Map.of(
            "autoIncrement", Long.toString(beginning.counter()),
            "minOldId", Long.toString(beginning.old().min()),
            "maxOldId", Long.toString(beginning.old().max())));
  }
}
