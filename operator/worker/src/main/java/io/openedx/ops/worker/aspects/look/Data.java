package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.worker.aspects.clickhouse.AlembicTables;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What ClickHouse holds.
 *
 * @param alembic revision by database
 * @param events xAPI events by database
 * @param disks by name
 */
public record Data(
    String version,
    List<Relation> relations,
    Map<String, String> alembic,
    Map<String, Long> events,
    Map<String, Disk> disks) {

  /** Space on one of the server's disks. */
  public record Disk(long freeBytes, long totalBytes) {}

  static Data read(ClickHouse server, SiteSettings settings) {
    var relations = Relation.all(server);
    var raw = settings.text("ASPECTS_RAW_XAPI_TABLE");
    var table = raw.isEmpty() ? "xapi_events_all" : raw;
    var events = new TreeMap<String, Long>();
    for (var database : settings.xapiCandidates()) {
      find(relations, database, table).ifPresent(each -> events.put(database, each.rows()));
    }
    return new Data(
        server.version(), relations, AlembicTables.all(server, relations), events, disks(server));
  }

  private static Map<String, Disk> disks(ClickHouse server) {
    var disks = new TreeMap<String, Disk>();
    server.list(
        Limits.LOOK,
        row -> disks.put(row.getString(1), new Disk(row.getLong(2), row.getLong(3))),
        "SELECT name, toInt64(least(free_space, 9000000000000000000)), toInt64(least(total_space, 9000000000000000000)) FROM system.disks");
    return disks;
  }

  public Optional<Relation> find(String database, String name) {
    return find(relations, database, name);
  }

  private static Optional<Relation> find(List<Relation> relations, String database, String name) {
    return relations.stream()
        .filter(each -> each.database().equals(database) && each.name().equals(name))
        .findFirst();
  }

  /** All xAPI events, wherever they lie. */
  public long xapiEvents() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The least free space of all disks: nobody tells from here which one a table grows on. */
  public Optional<Disk> tightest() {
    return disks.values().stream()
        .filter(each -> each.totalBytes() > 0)
        .min(java.util.Comparator.comparingLong(Disk::freeBytes));
  }

  /** When the newest event of a database happened; empty for an empty table. */
  static Optional<String> newestEvent(ClickHouse server, String database, String table) {
    return server.first(
        Limits.COUNT,
        row -> row.getString(1),
        "SELECT toString(max(emission_time)) FROM %s HAVING count() > 0"
            .formatted(Names.quoted(database, table)));
  }
}
