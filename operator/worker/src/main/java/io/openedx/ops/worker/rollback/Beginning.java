package io.openedx.ops.worker.rollback;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the old table held when the rollback began. Outside of these ids it has only what the
 * rollback brings back, so nothing that was there before is ever touched; they are recorded once,
 * in the target database.
 *
 * @param old its lowest and highest id
 * @param counter from where it numbers its own rows since: above all ids of the new table
 */
record Beginning(IdSpan old, long counter) {
  private static final String TABLE = "openedx_ops_csmh_rollback";

  private static final String DDL =
      """
      CREATE TABLE IF NOT EXISTS %s (
        run_uid VARCHAR(64) NOT NULL PRIMARY KEY,
        old_empty BOOLEAN NOT NULL,
        old_min BIGINT NOT NULL,
        old_max BIGINT NOT NULL,
        counter BIGINT NOT NULL,
        began_at DATETIME(6) NOT NULL
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4""";

  private static final String FIND =
      "SELECT old_empty, old_min, old_max, counter FROM %s WHERE run_uid = ?";

  private static final String RECORD =
      "INSERT INTO %s (run_uid, old_empty, old_min, old_max, counter, began_at) VALUES (?, ?, ?, ?, ?, NOW(6))";

  private static final String RAISE = "UPDATE %s SET counter = ? WHERE run_uid = ?";

  /** Of this run; empty where it has not begun. */
  static Optional<Beginning> find(Connection target, TaskContext context) throws SQLException {
    Sql.update(target, DDL.formatted(table(context)));
    return Sql.first(
        target,
        row ->
            new Beginning(
                new IdSpan(row.getLong(2), row.getLong(3), row.getBoolean(1)), row.getLong(4)),
        FIND.formatted(table(context)),
        context.order().runUid());
  }

  /** Fixes it for this run; done again, only the counter moves. */
  void record(Connection target, TaskContext context) throws SQLException {
    var run = context.order().runUid();
    if (find(target, context).isPresent()) {
      Sql.update(target, RAISE.formatted(table(context)), counter, run);
    } else {
      Sql.update(
          target,
          RECORD.formatted(table(context)),
          run,
          old.empty(),
          old.min(),
          old.max(),
          counter);
    }
  }

  private static String table(TaskContext context) {
    return new TableName(context.order().target().database(), TABLE).quoted();
  }

  /**
   * Which ids of the new table are the site's own, or copies of what somebody drained before us:
   * those beside the ids that the old table held.
   */
  List<Span> toReturn(IdSpan extended) {
    var spans = new ArrayList<Span>();
    if (extended.empty()) {
      return spans;
    }
    if (old.empty()) {
      spans.add(new Span(extended.min(), extended.max()));
      return spans;
    }
    if (extended.min() < old.min()) {
      spans.add(new Span(extended.min(), Math.min(extended.max(), old.min() - 1)));
    }
    if (extended.max() > old.max()) {
      spans.add(new Span(Math.max(extended.min(), old.max() + 1), extended.max()));
    }
    return List.copyOf(spans);
  }
}
