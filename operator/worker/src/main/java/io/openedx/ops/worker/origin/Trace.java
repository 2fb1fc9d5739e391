package io.openedx.ops.worker.origin;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a row of either table says of where it comes from.
 *
 * @param state the learner's state that it is the history of
 * @param created of one length, so that it sorts as text as it does as time
 */
public record Trace(long id, long state, String created) {
  static final String COLUMNS = "id, student_module_id, CAST(CAST(created AS DATETIME(6)) AS CHAR)";

  private static final int BATCH = 1_000;

  static Trace read(ResultSet row) throws SQLException {
    return new Trace(row.getLong(1), row.getLong(2), row.getString(3));
  }

  /** Those of these ids that the table holds. */
  public static Map<Long, Trace> of(Connection connection, String table, Collection<Long> ids)
      throws SQLException {
    var found = new HashMap<Long, Trace>();
    var all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += BATCH) {
      for (var trace :
          some(connection, table, all.subList(from, Math.min(all.size(), from + BATCH)))) {
        found.put(trace.id(), trace);
      }
    }
    return found;
  }

  private static List<Trace> some(Connection connection, String table, List<Long> ids)
      throws SQLException {
    return Sql.list(
        connection,
        Trace::read,
        "SELECT %s FROM %s WHERE id IN (%s)"
            .formatted(
                COLUMNS,
                table,
                ids.stream().map(String::valueOf).collect(Collectors.joining(","))));
  }
}
