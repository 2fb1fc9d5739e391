package io.openedx.ops.worker.rollback;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.schema.AutoIncrement;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Has the old table number the site's own rows above all of the new one, so that these can come
 * back with their ids. As long as the site waits with its change the new table grows, so room is
 * made at each look.
 */
record Room(TaskContext context, Connection source, Connection target) {
  /** What the rollback began with, with the counter that would do now. */
  Beginning wanted() throws SQLException {
    var extended = IdSpan.read(target, TableName.extended(context.order()));
    var counter = extended.max() + context.order().freeze().autoIncrementMargin();
    var known = Beginning.find(target, context);
    if (known.isEmpty()) {
      return new Beginning(IdSpan.read(source, old()), counter);
    }
    if (extended.max() >= known.get().counter()) {
      requireUnused(known.get(), extended);
    }
    return new Beginning(known.get().old(), Math.max(known.get().counter(), counter));
  }

  /** Else rows of both tables may have the same ids. */
  private void requireUnused(Beginning known, IdSpan extended) throws SQLException {
    var highest = IdSpan.read(source, old()).max();
    if (highest >= known.counter()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "IdCollision",
          "The site writes to both tables, and the new one has grown to id %d, past the first id %d that the old one gave to its own rows (its highest is %d): the margin is used up. No row was brought back. A human must give the rows of the new table from id %d on other ids; both tables keep all they have."
              .formatted(extended.max(), known.counter(), highest, known.counter()));
    }
  }

  /** Recorded first: an old table that numbers far above its rows is never unexplained. */
  void make(Beginning beginning) throws SQLException {
    beginning.record(target, context);
    AutoIncrement.raise(source, old(), beginning.counter());
    var counter = AutoIncrement.read(source, old());
    if (counter < beginning.counter()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "AutoIncrementNotSet",
          "%s: AUTO_INCREMENT of %s was set to %d but reads %d: rows that the site wrote there would meet those that come back. Look at the table's definition, then set a new spec.retryToken."
              .formatted(context.source().label(), old(), beginning.counter(), counter));
    }
  }

  private TableName old() {
    return TableName.old(context.order());
  }
}
