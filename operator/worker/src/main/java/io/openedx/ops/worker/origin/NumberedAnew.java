package io.openedx.ops.worker.origin;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of an old table that was emptied, under ids that it had given to others before. A table
 * numbers from 1 again after TRUNCATE, and in MySQL 5.7 when the server restarts while it is empty.
 * Such rows are nowhere else, and under these ids they cannot be copied.
 *
 * @param ids that the old table has now
 * @param maxId the highest id that was frozen
 */
public record NumberedAnew(Origins.Sides sides, IdSpan ids, long maxId) {
  /** The new table has another row under the lowest or the highest of the ids. */
  public boolean seen() throws SQLException {
    var ends = Set.copyOf(Stream.of(ids.min(), ids.max()).toList());
    var old = Trace.of(sides.source(), sides.old().quoted(), ends);
    return Trace.of(sides.target(), sides.extended().quoted(), ends).values().stream()
        .anyMatch(row -> old.containsKey(row.id()) && !Objects.equals(row, old.get(row.id())));
  }

  /** Says how to keep them. */
  public TaskFailure failure(ExitCode code) {
    return new TaskFailure(
        code,
        "NumberedAnew",
        "%s has rows from id %d on, under ids of rows that were moved and removed: it has numbered from 1 again since (after TRUNCATE TABLE, or a restart of MySQL 5.7). They were written afterwards and are nowhere else. See that all of the site writes to the new table; give them new ids (on one server: %s; between two servers by a dump without ids); then set a new spec.retryToken."
            .formatted(sides.old(), ids.min(), statements()));
  }

  private String statements() {
    var columns =
        HistoryTable.COLUMNS.stream()
            .filter(column -> !column.equals("id"))
            .collect(Collectors.joining(", "));
    return "START TRANSACTION; INSERT INTO %1$s (%3$s) SELECT %3$s FROM %2$s WHERE id <= %4$d; DELETE FROM %2$s WHERE id <= %4$d; COMMIT; ALTER TABLE %2$s AUTO_INCREMENT = %5$d"
        .formatted(sides.extended().quoted(), sides.old().quoted(), columns, maxId, maxId + 1);
  }
}
