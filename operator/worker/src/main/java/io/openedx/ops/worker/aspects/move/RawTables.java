package io.openedx.ops.worker.aspects.move;

import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where Ralph writes events and where Vector does. An event has the same id in both: the LMS gives
 * it before either gets it. One day at a time: so many ids fit into the server's memory.
 */
public record RawTables(ClickHouse server, TableName ralphs, TableName vectors) {
  private static final String RAW = "ASPECTS_RAW_XAPI_TABLE";
  private static final Map<String, String> COLUMNS =
      Map.of("event_id", "UUID", "emission_time", "DateTime64(6)", "event", "String");

  /** Of what was rendered. */
  public static RawTables of(ClickHouse server, Facts facts, SiteConfig config) {
    return of(server, config, facts.database(Role.RALPH), facts.database(Role.VECTOR));
  }

  /** Under the names that a site has for the databases. */
  public static RawTables of(ClickHouse server, SiteConfig config, String ralph, String vector) {
    var name = config.has(RAW) ? config.text(RAW) : "xapi_events_all";
    return new RawTables(server, new TableName(ralph, name), new TableName(vector, name));
  }

  /** What of both is not as it must be, as {@code openedx.xapi_events_all has no column event}. */
  public List<String> unlike() {
    var unlike = new ArrayList<String>();
    for (var table : List.of(ralphs, vectors)) {
      var columns = columns(table);
      if (columns.isEmpty()) {
        unlike.add(table + " is not there");
        continue;
      }
      COLUMNS.forEach(
          (name, type) -> {
            if (!type.equals(columns.get(name))) {
              unlike.add(
                  "%s has %s instead of %s %s"
                      .formatted(
                          table, columns.getOrDefault(name, "no column " + name), name, type));
            }
          });
    }
    return unlike;
  }

  private Map<String, String> columns(TableName table) {
    var columns = new TreeMap<String, String>();
    server.list(
        Limits.LOOK,
        row -> columns.put(row.getString(1), row.getString(2)),
        "SELECT name, type FROM system.columns WHERE database = ? AND table = ?",
        table.database(),
        table.name());
    return columns;
  }

  /** The days of Ralph's events, oldest first. */
  public List<String> days() {
    return server.list(
        Limits.COUNT,
        row -> row.getString(1),
        "SELECT DISTINCT toString(toDate32(emission_time, 'UTC')) AS day FROM %s ORDER BY day"
            .formatted(ralphs.quoted()));
  }

  /** How many of a day's events Ralph's table has and Vector's has not. */
  public long missing(String day) {
    return server.one(
        Limits.COUNT,
        row -> row.getLong(1),
        "SELECT uniqExact(event_id) FROM %s WHERE %s".formatted(ralphs.quoted(), lacking(day)));
  }

  /** The same, of those that have had a minute to come both ways. */
  public long missingForLong(String day) {
    return server.one(
        Limits.COUNT,
        row -> row.getLong(1),
        "SELECT uniqExact(event_id) FROM %s WHERE %s AND emission_time < now64() - INTERVAL 1 MINUTE"
            .formatted(ralphs.quoted(), lacking(day)));
  }

  /** Inserts those. */
  public void carry(String day) {
    server.run(Limits.SERVER, carrying(lacking(day)));
  }

  /** How many ids of a day stand at several times in Vector's table, and only at one in Ralph's. */
  public long doubled(String day) {
    return server.one(
        Limits.COUNT,
        row -> row.getLong(1),
        """
        SELECT count() FROM (
          SELECT event_id FROM %s WHERE %s GROUP BY event_id
          HAVING uniqExact(emission_time) > 1 AND toDate32(min(emission_time), 'UTC') = toDate32('%s'))
        WHERE event_id NOT IN (
          SELECT event_id FROM %s WHERE %s GROUP BY event_id HAVING uniqExact(emission_time) > 1)\
        """
            .formatted(vectors.quoted(), around(day), day, ralphs.quoted(), around(day)));
  }

  /** The statement that carries whatever is left, for whoever ends Ralph later. */
  public String carrying() {
    return carrying("event_id NOT IN (SELECT event_id FROM %s)".formatted(vectors.quoted()));
  }

  private String carrying(String condition) {
    return "INSERT INTO %s (event_id, emission_time, event) SELECT event_id, emission_time, event FROM %s WHERE %s LIMIT 1 BY event_id, emission_time"
        .formatted(vectors.quoted(), ralphs.quoted(), condition);
  }

  /** When the oldest event of a table happened; empty for an empty table. */
  public Optional<String> oldest(TableName table) {
    return server.first(
        Limits.COUNT,
        row -> row.getString(1),
        "SELECT toString(min(emission_time)) FROM %s HAVING count() > 0".formatted(table.quoted()));
  }

  /** How many such statements the server works at; one outlives whoever gave it. */
  public long underWay() {
    return server.one(
        Limits.LOOK,
        row -> row.getLong(1),
        "SELECT count() FROM system.processes WHERE startsWith(query, ?)",
        "INSERT INTO %s (event_id, emission_time, event) SELECT".formatted(vectors.quoted()));
  }

  private String lacking(String day) {
    return "toDate32(emission_time, 'UTC') = toDate32('%s') AND %s AND event_id NOT IN (SELECT event_id FROM %s WHERE %s)"
        .formatted(day, around(day), vectors.quoted(), around(day));
  }

  /** A range, which the tables' keys serve; wider than the day, whatever a writer rounds. */
  private static String around(String day) {
    return "emission_time >= toDateTime64('%1$s 00:00:00', 6, 'UTC') - INTERVAL 1 DAY AND emission_time < toDateTime64('%1$s 00:00:00', 6, 'UTC') + INTERVAL 2 DAY"
        .formatted(day);
  }
}
