package io.openedx.ops.worker.aspects.rows;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A table that holds rows of its own, and what tells one row from another.
 *
 * @param rows as stored: duplicates that no merge has met yet count
 * @param key the expressions of an identity: {@link #EVENT} where each event has a row of its own,
 *     else the sorting key; empty where there is none
 * @param time the column that says when a row happened; empty where none does
 * @param ttl the moment in which a row expires, as an expression; empty where none does
 */
public record StoredTable(
    TableName name, String engine, long rows, String key, String time, String ttl) {
  /** An xAPI event keeps it for ever, wherever it goes. */
  public static final String EVENT = "event_id";

  private static final Pattern EVENTS = Pattern.compile("\\bevent_id\\b");
  private static final Pattern TTL = Pattern.compile("\\bTTL (.+?)(?: DELETE)?(?: SETTINGS .*)?$");

  private static final String ALL =
      """
      SELECT t.database, t.name, t.engine, ifNull(t.total_rows, 0), t.sorting_key, t.engine_full, c.event, c.time
      FROM system.tables AS t
      INNER JOIN (
        SELECT database, table, countIf(name = 'event_id') > 0 AS event,
          arraySort(x -> indexOf(['emission_time', 'time_last_dumped', 'time'], x),
            groupArrayIf(name, has(['emission_time', 'time_last_dumped', 'time'], name) AND match(type, 'DateTime')))[1] AS time
        FROM system.columns GROUP BY database, table) AS c
      ON t.database = c.database AND t.name = c.table
      WHERE t.engine LIKE '%MergeTree' AND NOT t.is_temporary AND t.name NOT LIKE '.inner%'
        AND t.database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')\
      """;

  /** All of a server. */
  public static Map<TableName, StoredTable> all(ClickHouse server) {
    var all = new TreeMap<TableName, StoredTable>();
    server.list(
        Limits.LOOK,
        row ->
            all.put(
                new TableName(row.getString(1), row.getString(2)),
                new StoredTable(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getString(3),
                    row.getLong(4),
                    key(row.getBoolean(7), row.getString(3), row.getString(5)),
                    row.getString(8),
                    ttl(row.getString(6)))),
        ALL);
    return all;
  }

  /** All of its keys. */
  public Keys keys() {
    return new Keys(name.quoted(), key, "", 1);
  }

  /** No later row takes the place of an earlier one. */
  boolean neverReplaced() {
    return key.equals(EVENT);
  }

  /** A table of the last answers has event_id too, and forgets the events before. */
  private static String key(boolean event, String engine, String sorting) {
    return event
            && (engine.endsWith("ReplacingMergeTree")
                ? EVENTS.matcher(sorting).find()
                : engine.matches("(Replicated|Shared)?MergeTree"))
        ? EVENT
        : sorting;
  }

  private static String ttl(String engine) {
    var found = TTL.matcher(engine);
    return found.find() ? found.group(1) : "";
  }
}
