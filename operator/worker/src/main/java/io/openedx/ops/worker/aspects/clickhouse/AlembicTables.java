package io.openedx.ops.worker.aspects.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every table {@code alembic_version} and what it says. */
public final class AlembicTables {
  private static final String NAME = "alembic_version";

  private AlembicTables() {}

  /** Revision by database; a table without a row says nothing. */
  public static Map<String, String> all(ClickHouse server, List<Relation> relations) {
    var all = new TreeMap<String, String>();
    relations.stream()
        .filter(each -> each.name().equals(NAME))
        .forEach(
            each ->
                read(server, each.database())
                    .ifPresent(revision -> all.put(each.database(), revision)));
    return all;
  }

  /** What a database's table says; empty where there is none. */
  public static Optional<String> revision(ClickHouse server, String database) {
    return Relation.all(server).stream()
        .filter(each -> each.name().equals(NAME) && each.database().equals(database))
        .findFirst()
        .flatMap(each -> read(server, database));
  }

  private static Optional<String> read(ClickHouse server, String database) {
    return server.first(
        Limits.LOOK,
        row -> row.getString(1),
        "SELECT toString(version_num) FROM %s FINAL ORDER BY version_num DESC LIMIT 1"
            .formatted(Names.quoted(database, NAME)));
  }
}
