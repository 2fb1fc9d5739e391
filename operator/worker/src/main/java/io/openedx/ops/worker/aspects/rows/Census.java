package io.openedx.ops.worker.aspects.rows;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was there before anything was changed.
 *
 * @param untouched false where an upgrade was under way already
 * @param second when, by the server's clock
 * @param views hashes of what views and materialized views read, by their names
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Census(
    boolean untouched, long second, List<TableCensus> tables, Map<String, String> views) {
  /** So long a run may take: what expires earlier is not counted. */
  private static final long DAYS = 45;

  public Census {
    tables = List.copyOf(tables);
    views = Map.copyOf(views);
  }

  /** Counts the rows of these tables, as far as they are there. */
  public static Census take(
      ClickHouse server, Collection<TableName> names, boolean untouched, StopSignal stop) {
    var second = now(server);
    var counted = new ArrayList<TableCensus>();
    for (var table : StoredTable.all(server).values()) {
      if (names.contains(table.name())) {
        stop.check();
        counted.add(count(server, table, second));
      }
    }
    return new Census(untouched, second, counted, views(server));
  }

  private static TableCensus count(ClickHouse server, StoredTable table, long second) {
    var share = Keys.share(table.rows());
    if (table.key().isEmpty()) {
      return TableCensus.uncounted(table, "it has no key that tells its rows apart");
    }
    try {
      var keys =
          new Keys(
              table.name().quoted(), table.key(), where(table, second, horizon(second)), share);
      return new TableCensus(
          table.name(),
          table.rows(),
          table.key(),
          table.ttl(),
          share,
          keys.count(server),
          keys.smallest(server, TableCensus.SAMPLE),
          "");
    } catch (TaskFailure e) {
      return TableCensus.uncounted(table, tooMuch(e));
    }
  }

  /** Rows of before the census that no merge may drop before the horizon. */
  static String where(StoredTable table, long second, long horizon) {
    var parts = new ArrayList<String>();
    if (!table.time().isEmpty() && table.neverReplaced()) {
      parts.add("%s <= toDateTime(%d)".formatted(Names.quoted(table.time()), second));
    }
    if (!table.ttl().isEmpty()) {
      parts.add("(%s) > toDateTime(%d)".formatted(table.ttl(), horizon));
    }
    return String.join(" AND ", parts);
  }

  /** What expires later was there all the time. */
  long horizon() {
    return horizon(second);
  }

  private static long horizon(long second) {
    return second + DAYS * 24 * 3600;
  }

  /** Why a count could not be made; another failure than too little time or memory goes on. */
  public static String tooMuch(TaskFailure e) {
    if (Set.of("ClickHouseBusy", "OutOfMemory", "ClickHouseRefused").contains(e.reason())) {
      return String.valueOf(e.getMessage());
    }
    throw e;
  }

  public static long now(ClickHouse server) {
    return server.one(Limits.LOOK, row -> row.getLong(1), "SELECT toInt64(toUnixTimestamp(now()))");
  }

  /** What each view reads, by name. */
  public static Map<String, String> views(ClickHouse server) {
    var views = new TreeMap<String, String>();
    server.list(
        Limits.LOOK,
        row ->
            views.put(
                new TableName(row.getString(1), row.getString(2)).toString(), row.getString(3)),
        "SELECT database, name, toString(sipHash64(as_select)) FROM system.tables WHERE engine IN ('View', 'MaterializedView') AND database != 'system'");
    return views;
  }
}
