package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.SqlFailure;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the target database and the application's user, and proves every grant by using it. */
public final class CreateDatabaseTask implements WorkTask {
  private static final String CHARSET =
      "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?";

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var target = context.target();
    try (var connection = target.open()) {
      create(context, connection);
      var evidence = new TreeMap<String, String>();
      evidence.put(
          "collation", Sql.one(connection, row -> row.getString(1), CHARSET, target.name()));
      try (var scratch = ScratchTable.make(connection, target.name())) {
        scratch.use(connection);
        evidence.put("targetGrants", "used: CREATE ALTER INDEX INSERT SELECT UPDATE DELETE DROP");
        var application = context.application();
        if (application != null) {
          evidence.put(
              "applicationUser", new ApplicationUser(application, connection).ensure(scratch));
        }
      }
      return new TaskResult(
          "DatabaseReady",
          "%s is there (%s); every grant was used once."
              .formatted(target.label(), evidence.get("collation")),
          evidence);
    } catch (SQLException e) {
      throw explained(context, e);
    }
  }

  private static void create(TaskContext context, Connection target) throws SQLException {
    if (Sql.first(target, row -> row.getString(1), CHARSET, context.target().name()).isPresent()) {
      return;
    }
    Sql.update(
        target,
        "CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4%s"
            .formatted(
                Identifier.quoted(context.target().name()),
                Utf8mb4.like(old(context), target).clause(" COLLATE ")));
  }

  private static Optional<TableShape> old(TaskContext context) {
    try (var source = context.source().open()) {
      return TableShape.read(source, TableName.old(context.order()));
    } catch (SQLException e) {
      throw TaskFailure.of(e, "Asking " + context.source().label() + " for its collation");
    }
  }

  private static TaskFailure explained(TaskContext context, SQLException e) {
    var failure = SqlFailure.of(e);
    if (failure.exitCode() != ExitCode.CONFIGURATION || !failure.reason().equals("MissingGrant")) {
      return TaskFailure.of(e, "Preparing " + context.target().label());
    }
    return new TaskFailure(
        failure.exitCode(),
        failure.reason(),
        "%s: %s. Grant what is missing, for example: GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON %s.* TO '%s'@'%%'%s; then set a new spec.retryToken."
            .formatted(
                context.target().label(),
                e.getMessage(),
                Identifier.quoted(context.target().name()),
                context.target().username(),
                context.application() == null ? "" : " WITH GRANT OPTION"));
  }
}
