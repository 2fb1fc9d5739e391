package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.origin.NumberedAnew;
import io.openedx.ops.worker.origin.Origins;
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

  /**
   * Somebody who was told to keep the old rows may empty the table later: what is written there
   * then must not be taken for the rows that were copied.
   *
   * @throws io.openedx.ops.worker.task.TaskFailure CONFIGURATION NumberedAnew
   */
  static void refuseNumberedAnew(TaskContext context) throws SQLException {
    var old = TableName.old(context.order());
    var extended = TableName.extended(context.order());
    try (var source = context.source().open();
        var target = context.target().open()) {
      var anew =
          new NumberedAnew(
              new Origins.Sides(source, old, target, extended),
              EarlierCopy.upTo(target, extended.database()));
      if (anew.maxId() > 0 && anew.seen()) {
        throw anew.failure(ExitCode.CONFIGURATION);
      }
    }
  }
}
