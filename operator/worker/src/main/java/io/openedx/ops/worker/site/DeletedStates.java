package io.openedx.ops.worker.site;

import io.openedx.ops.worker.db.Lock;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Which learners' states are gone, of those that rows of history belong to. */
public final class DeletedStates {
  /** Index lookups of one statement: a learner waits for none of them. */
  public static final int BATCH = 1_000;

  /** A site loses single states during a roll-out, not a tenth of them. */
  private static final int FEW = 100;

  private static final String THERE = "SELECT id FROM %s WHERE id IN (%s)";

  /**
   * A state is written before its history, but in a transaction of its own: this waits for the end
   * of one that has written it, and sees what came of it.
   */
  private static final String THERE_IN_THE_END = THERE + Lock.SHARED;

  private DeletedStates() {}

  /** Those that are gone for good; asked for a thousand at a time. */
  public static List<Long> among(Connection source, TableName states, Collection<Long> ids)
      throws SQLException {
    var all = List.copyOf(ids);
    var gone = new ArrayList<Long>();
    for (int from = 0; from < all.size(); from += BATCH) {
      var some = all.subList(from, Math.min(all.size(), from + BATCH));
      gone.addAll(without(source, THERE_IN_THE_END, states, without(source, THERE, states, some)));
    }
    return gone;
  }

  /** A site whose states were emptied or are being restored must not lose its history by us. */
  public static boolean tooMany(long gone, long seen) {
    return gone > Math.max(FEW, seen / 10);
  }

  /** The ids that the query does not find in the table. */
  static List<Long> without(Connection source, String sql, TableName table, List<Long> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return ids;
    }
    var there =
        new HashSet<>(
            Sql.list(
                source,
                row -> row.getLong(1),
                sql.formatted(table.quoted(), places(ids)),
                ids.toArray()));
    var rest = new ArrayList<>(ids);
    rest.removeAll(there);
    return rest;
  }

  /** For an SQL text: as many question marks. */
  public static String places(List<Long> ids) {
    return String.join(", ", Collections.nCopies(ids.size(), "?"));
  }
}
