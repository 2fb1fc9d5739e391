package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** Every student_module_id fits an unsigned column. The index on it makes the question cheap. */
final class ModuleIds implements Check {
  private static final String NEGATIVE = "SELECT id FROM %s WHERE student_module_id < 0 LIMIT 20";
  private static final String COUNT = "SELECT COUNT(*) FROM %s WHERE student_module_id < 0";

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var table = look.old().name();
    var connection = look.source().connection();
    if (!look.sample().exact() && !look.old().indexed().contains("student_module_id")) {
      return List.of(
          Found.risk(
              "ModuleIdsNotSeen",
              "%s: %s has no index on student_module_id, so negative values were not looked for; the copy would stop at one. The index belongs there: run the migrations of courseware.",
              look.source().label(),
              table));
    }
    var ids = Sql.list(connection, row -> row.getString(1), NEGATIVE.formatted(table.quoted()));
    if (ids.isEmpty()) {
      return List.of();
    }
    var count = Sql.one(connection, row -> row.getLong(1), COUNT.formatted(table.quoted()));
    return List.of(
        Found.blocker(
            "NegativeModuleIds",
            "%s: %d rows of %s have a negative student_module_id (ids %s%s); the new column is unsigned and cannot hold it. They belong to no module: delete them or correct them.",
            look.source().label(),
            count,
            table,
            String.join(", ", ids),
            count > ids.size() ? ", …" : ""));
  }
}
