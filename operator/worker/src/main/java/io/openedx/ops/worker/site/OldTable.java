package io.openedx.ops.worker.site;

import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.SQLException;

/** The old table as the looks at the site see it. */
final class OldTable {
  private OldTable() {}

  /** Its highest id: above the frozen one, somebody has written there since. */
  static long maxId(TaskContext context) throws SQLException {
    try (var source = context.source().open()) {
      return IdSpan.read(source, TableName.old(context.order())).max();
    }
  }
}
