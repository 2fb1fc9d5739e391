package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some rows of two tables say about the same keys, in the columns that both have alike.
 *
 * @param rows how many keys were compared: those that stand once on both sides
 * @param others by column, how many of these have another value; only columns that have any
 */
record Contents(long rows, Map<String, Long> others) {
  private static final int SAMPLE = 1_000;

  /** A state of an aggregation is no value before it is merged. */
  private static final String COMMON =
      """
      SELECT a.name FROM system.columns AS a INNER JOIN system.columns AS b ON a.name = b.name AND a.type = b.type
      WHERE a.database = %s AND a.table = %s AND b.database = %s AND b.table = %s
        AND NOT match(a.type, 'AggregateFunction') ORDER BY a.name""";

  private static final String COMPARED =
      """
      WITH keys AS (SELECT DISTINCT cityHash64(toString(tuple(%1$s))) AS h FROM %2$s WHERE %3$s ORDER BY h LIMIT %4$d)
      SELECT count()%5$s FROM (%6$s) AS a INNER JOIN (%7$s) AS b ON a.h = b.h""";

  private static final String ONCE =
      """
      SELECT cityHash64(toString(tuple(%s))) AS h%s FROM %s WHERE h IN (SELECT h FROM keys) GROUP BY h HAVING count() = 1""";

  Contents {
    others = Map.copyOf(others);
  }

  /**
   * Compares some rows of the old table that satisfy the condition (empty: any) with those of the
   * new one; both are told apart by the same key.
   */
  static Contents of(ClickHouse server, StoredTable old, StoredTable now, String where) {
    var columns = common(server, old, now);
    var different = new StringBuilder();
    var values = new StringBuilder();
    for (int number = 0; number < columns.size(); number++) {
      different.append(", countIf(a.c%1$d != b.c%1$d)".formatted(number));
      values.append(
          ", any(ifNull(toString(%s), '\\\\N')) AS c%d"
              .formatted(Names.quoted(columns.get(number)), number));
    }
    var sql =
        COMPARED.formatted(
            old.key(),
            old.name().quoted(),
            where.isEmpty() ? "1" : where,
            SAMPLE,
            different,
            ONCE.formatted(old.key(), values, old.name().quoted()),
            ONCE.formatted(now.key(), values, now.name().quoted()));
    return server.one(
        Limits.COUNT,
        row -> {
          var others = new TreeMap<String, Long>();
          for (int number = 0; number < columns.size(); number++) {
            if (row.getLong(number + 2) > 0) {
              others.put(columns.get(number), row.getLong(number + 2));
            }
          }
          return new Contents(row.getLong(1), others);
        },
        sql);
  }

  /** Columns that are another thing in the new release: no row has the value of before. */
  List<String> redefined() {
    return others.entrySet().stream()
        .filter(each -> each.getValue() == rows)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Columns that have another value in some rows, and in others not: nobody means that. */
  List<String> mixed() {
    var mixed = new ArrayList<>(others.keySet());
    mixed.removeAll(redefined());
    mixed.sort(null);
    return mixed;
  }

  private static List<String> common(ClickHouse server, StoredTable old, StoredTable now) {
    return server.list(
        Limits.LOOK,
        row -> row.getString(1),
        COMMON.formatted(
            Names.text(old.name().database()),
            Names.text(old.name().name()),
            Names.text(now.name().database()),
            Names.text(now.name().name())));
  }
}
