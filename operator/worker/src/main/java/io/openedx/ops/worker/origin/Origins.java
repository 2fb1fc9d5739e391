package io.openedx.ops.worker.origin;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks both tables where rows come from. For one look of one thread: it keeps what it has read of
 * the old table.
 */
public final class Origins {
  private static final Set<Integer> UNSEEN = Set.of(1044, 1142, 1143, 1146);

  /** Both sides; each connection sees its own table. */
  public record Sides(Connection source, TableName old, Connection target, TableName extended) {
    TableName states() {
      return new TableName(old.database(), HistoryTable.STATES);
    }
  }

  private final Sides sides;
  private final String ownSince;
  private final Map<Long, Boolean> gone = new HashMap<>();
  private Neighbours around = new Neighbours(List.of(), List.of());

  private Origins(Sides sides, String ownSince) {
    this.sides = sides;
    this.ownSince = ownSince;
  }

  /** Above this id of the old table the new one holds the site's own rows only. */
  public static Origins above(Sides sides, long maxOldId) throws SQLException {
    var first =
        Sql.first(
            sides.target(),
            Trace::read,
            "SELECT %s FROM %s WHERE id > ? ORDER BY id LIMIT 1"
                .formatted(Trace.COLUMNS, sides.extended().quoted()),
            maxOldId);
    return new Origins(sides, first.map(Trace::created).orElse(Origin.NEVER));
  }

  /** Of those of these ids that the new table holds. */
  public SortedMap<Long, Origin> of(Collection<Long> ids) throws SQLException {
    var rows = Trace.of(sides.target(), sides.extended().quoted(), ids);
    var old = Trace.of(sides.source(), sides.old().quoted(), ids);
    var origins = new TreeMap<Long, Origin>();
    for (var row : new TreeMap<>(rows).values()) {
      var original = old.get(row.id());
      origins.put(row.id(), original == null ? ofExtra(row) : Origin.ofDifferent(row, original));
    }
    return origins;
  }

  private Origin ofExtra(Trace row) throws SQLException {
    if (around.above().isEmpty() || !around.surround(row.id())) {
      around = Neighbours.read(sides.source(), sides.old(), row.id());
    }
    var origin = Origin.ofExtra(row, around, ownSince);
    return origin == Origin.LOST && stateGone(row.state()) ? Origin.DELETED : origin;
  }

  /** What the old table has of a state the new one must have, even where the state is gone. */
  private boolean stateGone(long state) throws SQLException {
    var known = gone.get(state);
    if (known == null) {
      known =
          seen("id", sides.states(), state) == 0
              && seen("student_module_id", sides.old(), state) == 0;
      gone.put(state, known);
    }
    return known;
  }

  /** A table that this user may not see proves nothing: as if it were there. */
  private int seen(String column, TableName table, long state) throws SQLException {
    try {
      return Sql.list(
              sides.source(),
              row -> 1,
              "SELECT 1 FROM %s WHERE %s = ? LIMIT 1".formatted(table.quoted(), column),
              state)
          .size();
    } catch (SQLException e) {
      if (UNSEEN.contains(e.getErrorCode())) {
        return 1;
      }
      throw e;
    }
  }
}
