package io.openedx.ops.worker.origin;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of an old table that was emptied, under ids that it had given to others before. A table
 * numbers from 1 again after TRUNCATE, and in MySQL 5.7 when the server restarts while it is empty.
 * Such rows are nowhere else, and under these ids they cannot be copied.
 *
 * @param maxId the highest id that was frozen
 */
public record NumberedAnew(Origins.Sides sides, long maxId) {
  /** A few that were altered by hand must not be taken for a table that was emptied. */
  private static final int LOOKED_AT = 100;

  private static final String LOWEST = "SELECT id FROM %s WHERE id <= ? ORDER BY id LIMIT ?";
  private static final String HIGHEST = "SELECT id FROM %s WHERE id <= ? ORDER BY id DESC LIMIT ?";

  /** At both ends, no row is the one that the new table has under its id, and some are others. */
  public boolean seen() throws SQLException {
    var ids = new HashSet<Long>();
    for (var end : List.of(LOWEST, HIGHEST)) {
      ids.addAll(
          Sql.list(
              sides.source(),
              row -> row.getLong(1),
              end.formatted(sides.old().quoted()),
              maxId,
              LOOKED_AT));
    }
    var old = Trace.of(sides.source(), sides.old().quoted(), ids);
    var copies = Trace.of(sides.target(), sides.extended().quoted(), ids).values();
    return !copies.isEmpty() && copies.stream().noneMatch(copy -> copy.equals(old.get(copy.id())));
  }

  /** Says how to keep them. */
  public TaskFailure failure(ExitCode code) {
    return new TaskFailure(
        code,
        "NumberedAnew",
        "%s has rows at or below id %d, under ids of rows that were moved and removed: it has numbered from 1 again since (after TRUNCATE TABLE, or a restart of MySQL 5.7). They were written afterwards and are nowhere else. See that all of the site writes to the new table; give them new ids (on one server: %s; between two servers by a dump without ids); then set a new spec.retryToken."
            .formatted(sides.old(), maxId, statements()));
  }

  /** Serializable: a row that is written between the two statements would be deleted uncopied. */
  private String statements() {
    var columns =
        HistoryTable.COLUMNS.stream()
            .filter(column -> !column.equals("id"))
            .collect(Collectors.joining(", "));
    return "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION; INSERT INTO %1$s (%3$s) SELECT %3$s FROM %2$s WHERE id <= %4$d; DELETE FROM %2$s WHERE id <= %4$d; COMMIT; ALTER TABLE %2$s AUTO_INCREMENT = %5$d"
        .formatted(sides.extended().quoted(), sides.old().quoted(), columns, maxId, maxId + 1);
  }
}
