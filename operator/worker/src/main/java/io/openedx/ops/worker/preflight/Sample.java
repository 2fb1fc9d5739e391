package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * How many rows there are, how wide, and how fast they are read. The largest row of a billion
 * cannot be known without reading all of them, so a large table is looked at in places spread over
 * its ids; what is said of it is an estimate, and says so.
 *
 * @param exact every row was looked at
 * @param looked rows looked at
 * @param rowsPerSecond of one session, reading
 */
record Sample(
    long rows,
    boolean exact,
    long looked,
    long largestState,
    long averageBytes,
    double rowsPerSecond) {
  private static final long EXACT_ROWS = 200_000;
  private static final long EXACT_BYTES = 256L << 20;
  private static final int PLACES = 32;
  private static final int ROWS_PER_PLACE = 500;
  private static final long PATIENCE_MILLIS = 15_000;

  /** What the other six columns take, keys aside. */
  private static final long FIXED_BYTES = 60;

  private static final String ALL =
      "SELECT COUNT(*), COALESCE(MAX(LENGTH(state)), 0), COALESCE(SUM(LENGTH(state)), 0) FROM %s";

  private static final String PLACE =
      "SELECT COALESCE(LENGTH(state), 0) FROM %s WHERE id >= ? ORDER BY id LIMIT %d";

  private record Sum(long rows, long largest, long bytes) {
    static final Sum NOTHING = new Sum(0, 0, 0);

    Sum plus(List<Long> lengths) {
      long total = bytes;
      long max = largest;
      for (var length : lengths) {
        total += length;
        max = Math.max(max, length);
      }
      return new Sum(rows + lengths.size(), max, total);
    }
  }

  static Sample take(Connection connection, TableShape shape, IdSpan ids, Clock clock)
      throws SQLException {
    var begun = clock.millis();
    if (shape.rows() <= EXACT_ROWS && shape.dataBytes() <= EXACT_BYTES) {
      var sum =
          Sql.one(
              connection,
              row -> new Sum(row.getLong(1), row.getLong(2), row.getLong(3)),
              ALL.formatted(shape.name().quoted()));
      return of(sum, sum.rows(), true, clock.millis() - begun);
    }
    var sum = Sum.NOTHING;
    var step = Math.max(1, (ids.max() - ids.min()) / PLACES);
    for (int place = 0; place < PLACES && clock.millis() - begun < PATIENCE_MILLIS; place++) {
      sum =
          sum.plus(
              Sql.list(
                  connection,
                  row -> row.getLong(1),
                  PLACE.formatted(shape.name().quoted(), ROWS_PER_PLACE),
                  ids.min() + place * step));
    }
    var rows = Math.min(shape.rows(), ids.max() - ids.min() + 1);
    return of(sum, rows, false, clock.millis() - begun);
  }

  private static Sample of(Sum sum, long rows, boolean exact, long millis) {
    return new Sample(
        rows,
        exact,
        sum.rows(),
        sum.largest(),
        FIXED_BYTES + (sum.rows() == 0 ? 0 : sum.bytes() / sum.rows()),
        sum.rows() * 1000.0 / Math.max(1, millis));
  }
}
