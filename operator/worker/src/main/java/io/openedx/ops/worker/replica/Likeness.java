package io.openedx.ops.worker.replica;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.RowHash;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How much the old tables of two servers are the same one, told by rows in places spread over their
 * ids.
 *
 * @param equal rows that both have, with the same hash
 * @param different rows that both have, with other contents
 * @param missing rows that only the source has
 * @param gone rows that only the replica has
 */
public record Likeness(long equal, long different, long missing, long gone) {
  private static final int PLACES = 32;
  private static final int ROWS_PER_PLACE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Likeness NOTHING = new Likeness(0, 0, 0, 0);

  /** A server's old table, and a connection to it. */
  public record Place(Connection connection, Side side) {
    /** The last of the next rows from there; the end of the ids where fewer are left. */
    private long reach(long lo, long hi) throws SQLException {
      return Sql.one(
          connection,
          row -> row.getLong(1) < ROWS_PER_PLACE ? hi : row.getLong(2),
          RowHash.nextRows(side),
          lo,
          hi,
          ROWS_PER_PLACE);
    }

    private Map<Long, String> hashes(long lo, long hi) throws SQLException {
      return RowHash.ofRows(connection, side, lo, hi);
    }
  }

  /** Looks at the ids from lo to hi for as long as patience lasts. */
  public static Likeness sample(Place source, Place replica, long lo, long hi, Clock clock)
      throws SQLException {
    var deadline = clock.instant().plus(PATIENCE);
    var step = Math.max(1, (hi - lo) / PLACES);
    var sum = NOTHING;
    var from = lo;
    for (int place = 0; place < PLACES && clock.instant().isBefore(deadline); place++) {
      from = Math.max(from, lo + place * step);
      if (from > hi) {
        break;
      }
      // The nearer end: where one side has a hole, the other's rows fill it, and no more are read.
      var to = Math.min(source.reach(from, hi), replica.reach(from, hi));
      sum = sum.plus(source.hashes(from, to), replica.hashes(from, to));
      from = to + 1;
    }
    return sum;
  }

  /** Rows looked at. */
  public long looked() {
    return equal + different + missing + gone;
  }

  /** Rows that are not the same on both. */
  public long unequal() {
    return looked() - equal;
  }

  /** For messages. */
  public String text() {
    return "of %d rows looked at %d are the same, %d have other contents, %d are only in the source and %d only in the replica"
        .formatted(looked(), equal, different, missing, gone);
  }

  private Likeness plus(Map<Long, String> source, Map<Long, String> replica) {
    long same = 0;
    long other = 0;
    for (var row : source.entrySet()) {
      var hash = replica.get(row.getKey());
      same += row.getValue().equals(hash) ? 1 : 0;
      other += hash != null && !row.getValue().equals(hash) ? 1 : 0;
    }
    return new Likeness(
        equal + same,
        different + other,
        missing + source.size() - same - other,
        gone + replica.size() - same - other);
  }
}
