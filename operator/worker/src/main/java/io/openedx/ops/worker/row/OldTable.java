package io.openedx.ops.worker.row;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The old table must not grow any more: whoever still writes to it would lose what it writes. */
public final class OldTable {
  private static final int NAMED = 20;

  private final String table;

  public OldTable(Database source) {
    this.table = Identifier.quoted(source.name(), HistoryTable.OLD);
  }

  /**
   * Looks for ids above the frozen ones.
   *
   * @throws TaskFailure CONTRADICTION with the ids if there are any
   */
  public void refuseGrowth(Connection source, long maxId) throws SQLException {
    var newest =
        Sql.one(source, row -> row.getLong(1), "SELECT COALESCE(MAX(id), 0) FROM " + table);
    if (newest <= maxId) {
      return;
    }
    var ids =
        Sql.list(
            source,
            row -> row.getString(1),
            "SELECT id FROM " + table + " WHERE id > ? ORDER BY id LIMIT " + NAMED,
            maxId);
    throw new TaskFailure(
        ExitCode.CONTRADICTION,
        "OldTableGrew",
        ("The old table got new rows after the freeze at id %d: %s up to %d. Some process still runs"
                + " with the old settings: find and restart it, then freeze again.")
            .formatted(maxId, String.join(", ", ids), newest),
        Map.of("maxId", Long.toString(maxId), "newestId", Long.toString(newest)));
  }

  /** It holds no row. */
  public boolean empty(Connection source) throws SQLException {
    return Sql.first(source, row -> row.getLong(1), "SELECT id FROM " + table + " LIMIT 1")
        .isEmpty();
  }

  /** Rows left. */
  public long count(Connection source) throws SQLException {
    return Sql.one(source, row -> row.getLong(1), "SELECT COUNT(*) FROM " + table);
  }
}
