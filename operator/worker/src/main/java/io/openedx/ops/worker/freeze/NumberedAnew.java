package io.openedx.ops.worker.freeze;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.stream.Collectors;

/**
 * Rows of an old table that was drained, under ids that it had given to others before. A table
 * numbers from 1 again after TRUNCATE, and in MySQL 5.7 when the server restarts while it is empty.
 * Such rows are nowhere else, and under these ids they cannot be copied.
 *
 * @param maxId the highest id that was frozen
 */
record NumberedAnew(Origins.Sides sides, long maxId) {
  TaskFailure failure(IdSpan ids) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "NumberedAnew",
        "%s has rows from id %d on, under ids of rows that were moved and removed: it has numbered from 1 again since (after TRUNCATE TABLE, or a restart of MySQL 5.7). They were written after the drain and are nowhere else. See that all of the site writes to the new table; give them new ids (on one server: %s; between two servers by a dump without ids); then set a new spec.retryToken."
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
