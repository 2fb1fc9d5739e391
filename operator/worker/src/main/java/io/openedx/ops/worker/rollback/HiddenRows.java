package io.openedx.ops.worker.rollback;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.site.DeletedStates;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Copies whose originals are gone from between the old table's own ids, though their states are
 * there: a drain that was ended half-way leaves such holes. They do not come back, as nobody can
 * tell them from rows that others removed on purpose; a site that reads the old table alone would
 * not show them any more.
 */
record HiddenRows(TaskContext context, Connection source, Connection target) {
  /** Ids that are looked at together. */
  private static final long WINDOW = 20_000;

  private static final String KEYS =
      "SELECT CONCAT_WS(' ', COUNT(*), SUM(id), BIT_XOR(id)) FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?";

  private static final String IDS =
      "SELECT id FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?";

  private static final String ROWS =
      "SELECT id, student_module_id FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?";

  /**
   * Looks at all ids that both tables reach.
   *
   * @throws TaskFailure CONFIGURATION where there are any
   */
  void refuse(IdSpan ofOld, IdSpan ofExtended) throws SQLException {
    var lo = Math.max(ofOld.min(), ofExtended.min());
    var hi = Math.min(ofOld.max(), ofExtended.max());
    if (ofOld.empty() || ofExtended.empty() || lo > hi) {
      return;
    }
    var both = new Span(lo, hi);
    for (var window : both.cut(Integer.MAX_VALUE, WINDOW)) {
      context.stop().check();
      say(both, window);
      var hidden =
          keys(target, extended(), window).equals(keys(source, old(), window))
              ? Optional.<Long>empty()
              : first(window);
      if (hidden.isPresent()) {
        throw new TaskFailure(
            ExitCode.CONFIGURATION,
            "OldRowsRemoved",
            "%s has row %d, which is not in %s any more though its state is there: rows were removed from the old table by an earlier run, or by hand, and the site would not show them. Nothing was changed. Keep both tables (move spec.until forward again)."
                .formatted(extended(), hidden.get(), old()));
      }
    }
  }

  private static String keys(Connection connection, TableName table, Span ids) throws SQLException {
    return Sql.one(
        connection, row -> row.getString(1), KEYS.formatted(table.quoted()), ids.lo(), ids.hi());
  }

  /** The first row of the new table that only it has, and whose state is there. */
  private Optional<Long> first(Span ids) throws SQLException {
    var there =
        new HashSet<>(
            Sql.list(
                source, row -> row.getLong(1), IDS.formatted(old().quoted()), ids.lo(), ids.hi()));
    var rowsOfState = new TreeMap<Long, Long>();
    Sql.list(
            target,
            row -> new long[] {row.getLong(1), row.getLong(2)},
            ROWS.formatted(extended().quoted()),
            ids.lo(),
            ids.hi())
        .stream()
        .filter(row -> !there.contains(row[0]))
        .forEach(row -> rowsOfState.putIfAbsent(row[1], row[0]));
    DeletedStates.among(source, TableName.states(context.order()), rowsOfState.keySet())
        .forEach(rowsOfState::remove);
    return rowsOfState.values().stream().min(Long::compare);
  }

  private TableName old() {
    return TableName.old(context.order());
  }

  private TableName extended() {
    return TableName.extended(context.order());
  }

  private void say(Span both, Span window) {
    context
        .progress()
        .say(
            new TaskProgress(
                Task.PREPARE_ROLLBACK,
                window.lo() - both.lo(),
                both.ids(),
                "ids",
                0,
                null,
                "looking for rows that only the new table has"));
  }
}
