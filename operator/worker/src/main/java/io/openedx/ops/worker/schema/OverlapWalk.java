package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.origin.Origin;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One look at the rows of the new table up to the old one's highest id. */
final class OverlapWalk {
  /** Rows compared per statement. */
  private static final int CHUNK = 2_000;

  /** A look must not take hours: the copy itself compares every duplicate that it meets. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The part of it for rows below the old table, which has nothing to compare them with. */
  private static final Duration PATIENCE_BELOW = Duration.ofSeconds(10);

  /** Narrower runs of absent ids are what deleted states leave. */
  private static final long WIDE = 5_000;

  private static final long MOST_COUNTED = 1_000_000;

  /** Nothing is left to look at. */
  private static final long END = Long.MAX_VALUE;

  /** Where a server could not hash a row; such a row is not equal: what else it says decides. */
  private static final String UNHASHED = "";

  /**
   * SHA2, as MD5 is gone from MySQL 9.6 on. Null-proof: the flags stand before the values, which
   * CONCAT_WS leaves out when null.
   */
  private static final String ROW =
      """
      id, SHA2(CONCAT_WS('|', ISNULL(version), ISNULL(state), ISNULL(grade), ISNULL(max_grade),
        CAST(created AS DATETIME(6)), grade, max_grade, student_module_id,
        SHA2(CONVERT(version USING utf8mb4), 256), SHA2(CONVERT(state USING utf8mb4), 256)), 256)""";

  private final Origins.Sides sides;
  private final IdSpan old;
  private final Clock clock;
  private final Origins origins;
  private final Map<Origin, Tally> others = new EnumMap<>(Origin.class);
  private long identical;
  private Hole missing = Hole.NONE;
  private Hole absent = Hole.NONE;

  OverlapWalk(Origins.Sides sides, IdSpan old, Clock clock) throws SQLException {
    this.sides = sides;
    this.old = old;
    this.clock = clock;
    this.origins = Origins.above(sides, old.max());
  }

  IdOverlap over() throws SQLException {
    var begun = clock.instant();
    var below = up(-1, old.min() - 1, begun.plus(PATIENCE_BELOW));
    var after = up(Math.max(-1, old.min() - 1), old.max(), begun.plus(PATIENCE));
    var complete = below == END && after == END;
    if (after != END) {
      add(extended(after, old.max(), "DESC"));
    }
    return new IdOverlap(identical, others, complete, missing, absent);
  }

  /** The id after which patience ended, or END. */
  private long up(long from, long to, Instant deadline) throws SQLException {
    var after = from;
    while (after < to && clock.instant().isBefore(deadline)) {
      var chunk = extended(after, to, "ASC");
      if (chunk.isEmpty()) {
        gap(after, from, to + 1);
        return END;
      }
      add(chunk);
      for (var id : chunk.keySet()) {
        gap(after, from, id);
        after = id;
      }
    }
    return after < to ? after : END;
  }

  /** Before the first row of all, and after the last one that can be compared, is no hole. */
  private void gap(long last, long from, long next) throws SQLException {
    if (last == from || next - last <= WIDE || next > old.max()) {
      return;
    }
    if (next <= old.min()) {
      var hole = new Hole(last + 1, next - 1, 0);
      absent = hole.ids() > absent.ids() ? hole : absent;
      return;
    }
    var hole = new Hole(last + 1, next - 1, oldRows(last, next));
    missing = hole.rows() > missing.rows() ? hole : missing;
  }

  private long oldRows(long after, long before) throws SQLException {
    return Sql.one(
        sides.source(),
        row -> row.getLong(1),
        "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE id > ? AND id < ? LIMIT %d) AS between_them"
            .formatted(sides.old().quoted(), MOST_COUNTED),
        after,
        before);
  }

  private void add(SortedMap<Long, String> chunk) throws SQLException {
    var originals = originals(chunk);
    var unequal = new ArrayList<Long>();
    chunk.forEach(
        (id, hash) -> {
          if (!hash.equals(UNHASHED) && hash.equals(originals.get(id))) {
            identical++;
          } else {
            unequal.add(id);
          }
        });
    origins
        .of(unequal)
        .forEach((id, origin) -> others.merge(origin, Tally.NONE.plus(id), (a, b) -> a.plus(id)));
  }

  private SortedMap<Long, String> extended(long after, long upTo, String order)
      throws SQLException {
    return hashes(
        sides.target(),
        sides.extended(),
        "id > ? AND id <= ? ORDER BY id %s LIMIT %d".formatted(order, CHUNK),
        after,
        upTo);
  }

  /** By list, not by range: few rows in the new table may span the whole old one. */
  private Map<Long, String> originals(SortedMap<Long, String> chunk) throws SQLException {
    if (chunk.isEmpty() || chunk.lastKey() < old.min()) {
      return Map.of();
    }
    var ids = chunk.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    return hashes(sides.source(), sides.old(), "id IN (%s)".formatted(ids));
  }

  private static SortedMap<Long, String> hashes(
      Connection connection, TableName table, String where, Object... args) throws SQLException {
    var hashes = new TreeMap<Long, String>();
    Sql.list(
        connection,
        row -> hashes.put(row.getLong(1), Objects.requireNonNullElse(row.getString(2), UNHASHED)),
        "SELECT %s FROM %s WHERE %s".formatted(ROW, table.quoted(), where),
        args);
    return hashes;
  }
}
