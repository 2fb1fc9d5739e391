package io.openedx.ops.worker.origin;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of the old table nearest to an id that it has not. Ids and time rise together, but for
 * requests that run side by side: a copy was created between its neighbours, and a row that the
 * site wrote to the new table under such an id after all of them.
 *
 * @param below nearest first; empty below the lowest id of the old table
 * @param above nearest first
 */
record Neighbours(List<Trace> below, List<Trace> above) {
  private static final int NEAREST = 50;

  /** One odd date among them must prove nothing. */
  private static final int ENOUGH = 5;

  Neighbours {
    below = List.copyOf(below);
    above = List.copyOf(above);
  }

  static Neighbours read(Connection source, TableName old, long id) throws SQLException {
    return new Neighbours(
        nearest(source, old, "id < ? ORDER BY id DESC", id),
        nearest(source, old, "id > ? ORDER BY id", id));
  }

  private static List<Trace> nearest(Connection source, TableName old, String where, long id)
      throws SQLException {
    return Sql.list(
        source,
        Trace::read,
        "SELECT %s FROM %s WHERE %s LIMIT %d"
            .formatted(Trace.COLUMNS, old.quoted(), where, NEAREST),
        id);
  }

  /** They are this id's, too. */
  boolean surround(long id) {
    return (below.isEmpty() || below.get(0).id() < id)
        && (above.isEmpty() || id < above.get(0).id());
  }

  /** Created before those above and after those below. */
  boolean fit(String created) {
    var younger = above.stream().filter(each -> each.created().compareTo(created) >= 0).count();
    var older = below.stream().filter(each -> each.created().compareTo(created) <= 0).count();
    return !above.isEmpty()
        && younger >= Math.min(ENOUGH, above.size())
        && older >= Math.min(ENOUGH, below.size());
  }
}
