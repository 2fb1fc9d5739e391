package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** There is something to copy, and every id fits an unsigned column. */
final class OldIds implements Check {
  private static final String NEGATIVE = "SELECT id FROM %s WHERE id < 0 ORDER BY id LIMIT 20";

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var table = look.old().name();
    if (look.ids().empty()) {
      return List.of(Found.ok("NothingToCopy", "%s: %s is empty.", look.source().label(), table));
    }
    if (look.ids().min() < 0) {
      var ids =
          Sql.list(
              look.source().connection(),
              row -> row.getString(1),
              NEGATIVE.formatted(table.quoted()));
      return List.of(
          Found.blocker(
              "NegativeIds",
              "%s: rows of %s have negative ids (the first: %s); the new table's ids are unsigned. edx-platform never makes such rows: give them free positive ids or delete them.",
              look.source().label(),
              table,
              String.join(", ", ids)));
    }
    return List.of(
        Found.ok(
            "OldTable",
            "%s: %s holds %s%d rows, ids %d to %d.",
            look.source().label(),
            table,
            look.sample().exact() ? "" : "about ",
            look.sample().rows(),
            look.ids().min(),
            look.ids().max()));
  }
}
