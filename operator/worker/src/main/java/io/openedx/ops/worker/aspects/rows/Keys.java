package io.openedx.ops.worker.aspects.rows;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a table as 64-bit hashes of their text: the same on every version of the server and
 * whatever a column's type is wrapped in. Of a large table only those in one share of all hashes
 * are looked at; the share decides which, so two tables are looked at alike.
 *
 * @param rows a table, or a query in parentheses
 * @param key its expressions
 * @param where a condition; empty for none
 * @param share one in so many
 */
public record Keys(String rows, String key, String where, long share) {
  private static final long MOST = 1_000_000;

  /** So that what is left of a table fits into memory. */
  public static long share(long rows) {
    return Math.max(1, (rows + MOST - 1) / MOST);
  }

  /** How many different ones there are. */
  public long count(ClickHouse server) {
    return server.one(
        Limits.COUNT, row -> row.getLong(1), "SELECT count() FROM (%s)".formatted(distinct()));
  }

  /** The smallest: of all keys, each is as likely. */
  public List<String> smallest(ClickHouse server, int most) {
    return server.list(
        Limits.COUNT,
        row -> row.getString(1),
        "SELECT toString(h) FROM (%s) ORDER BY h LIMIT %d".formatted(distinct(), most));
  }

  /** Which of these are not there. */
  public List<String> missing(ClickHouse server, List<String> hashes) {
    if (hashes.isEmpty()) {
      return List.of();
    }
    var missing = new ArrayList<>(hashes);
    missing.removeAll(
        server.list(
            Limits.COUNT,
            row -> row.getString(1),
            "SELECT toString(h) FROM (%s) WHERE h IN (%s)"
                .formatted(distinct(), String.join(", ", hashes))));
    return missing;
  }

  /** How many of these are not among others. */
  public long notIn(ClickHouse server, Keys others) {
    return server.one(
        Limits.COUNT,
        row -> row.getLong(1),
        "SELECT count() FROM (%s) WHERE h NOT IN (%s)".formatted(distinct(), others.distinct()));
  }

  private String distinct() {
    return "SELECT DISTINCT cityHash64(toString(tuple(%s))) AS h FROM %s WHERE %s AND h %% %d = 0"
        .formatted(key, rows, where.isEmpty() ? "1" : where, share);
  }
}
