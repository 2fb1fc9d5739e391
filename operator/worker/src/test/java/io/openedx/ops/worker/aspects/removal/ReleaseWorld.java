package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.removal.Databases;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.db.Credentials;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Databases on a real server as a release of Aspects leaves them: names, kinds and who feeds whom
 * are the catalog's, columns are not. What a later release has given up reads what it has given up
 * too, so that order matters.
 */
final class ReleaseWorld {
  static final Catalog CATALOG = CatalogFile.standard();

  final Databases databases;
  private final ClickHouseServer server;

  /** Beside others on the same server. */
  ReleaseWorld(ClickHouseServer server, String prefix, boolean vector) {
    this.server = server;
    var names = new EnumMap<Role, String>(Role.class);
    for (var role : Role.values()) {
      names.put(role, prefix + "_" + role.database());
    }
    names.put(Role.XAPI, names.get(vector ? Role.VECTOR : Role.RALPH));
    databases = new Databases(names);
    Set.copyOf(names.values())
        .forEach(each -> server.execute("CREATE DATABASE IF NOT EXISTS " + each));
  }

  static Release release(String version) {
    return CATALOG.require(Version.of(version));
  }

  static ClickHouse client(ClickHouseServer server) {
    return new ClickHouse(
        new Address(server.host(), server.port(), false),
        new Credentials(server.user(), server.password()));
  }

  /** Where these views of the site's own may break. */
  SiteWorld site(Release release, String... mayBreak) {
    return site(release, DatasetReaders.none(), mayBreak);
  }

  /** With a Superset that reads it. */
  SiteWorld site(Release release, DatasetReaders datasets, String... mayBreak) {
    return new SiteWorld(
        client(server), CATALOG, release, databases, "", Set.of(mayBreak), datasets);
  }

  /** Makes all of a release that is not there; what is there of another kind is replaced. */
  void build(Release release, Release next) {
    var relations = new TreeMap<Relation, Form>(CATALOG.relations(release));
    var stays = CATALOG.relations(next);
    var there = there();
    var dead = new ArrayList<TableName>();
    for (var form : List.of(Form.TABLE, Form.FEEDER, Form.DICTIONARY, Form.VIEW)) {
      relations.forEach(
          (relation, its) -> {
            var name = databases.of(relation);
            if (its != form || there.contains(name + " " + form)) {
              return;
            }
            server.execute("DROP TABLE IF EXISTS %s SYNC".formatted(name.quoted()));
            var lives = stays.get(relation) == its;
            make(name, its, lives || dead.isEmpty() ? raw(relation) : dead.get(dead.size() - 1));
            if (!lives && its != Form.FEEDER) {
              dead.add(name);
            }
          });
    }
  }

  private TableName raw(Relation relation) {
    return databases.of(
        Relation.of(
            relation.role() == Role.EVENT_SINK
                ? "event_sink.course_blocks"
                : relation.role() == Role.VECTOR
                    ? "openedx.xapi_events_all"
                    : "ralph.xapi_events_all"));
  }

  private void make(TableName name, Form form, TableName source) {
    var from = source.equals(name) ? "system.one" : source.quoted();
    switch (form) {
      case TABLE ->
          server.execute(
              "CREATE TABLE %s (a UInt64, b UInt64 DEFAULT a) ENGINE = MergeTree ORDER BY a"
                  .formatted(name.quoted()),
              "INSERT INTO %s (a) SELECT number FROM numbers(10)".formatted(name.quoted()));
      case FEEDER ->
          server.execute(
              "CREATE MATERIALIZED VIEW %s TO %s AS SELECT a FROM %s"
                  .formatted(
                      name.quoted(),
                      new TableName(
                              name.database(), name.name().substring(0, name.name().length() - 3))
                          .quoted(),
                      from));
      case DICTIONARY ->
          server.execute(
              "CREATE DICTIONARY %s (a UInt64, b UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(DB '%s' TABLE '%s')) LIFETIME(0) LAYOUT(FLAT())"
                  .formatted(name.quoted(), source.database(), source.name()));
      case VIEW ->
          server.execute(
              "CREATE VIEW %s AS SELECT 1 AS a, 2 AS b FROM %s".formatted(name.quoted(), from));
    }
  }

  /** Names with forms. */
  Set<String> there() {
    return server
        .query(
            "SELECT database || '.' || name || ' ' || multiIf(engine = 'View', 'VIEW', engine = 'MaterializedView', 'FEEDER', engine = 'Dictionary', 'DICTIONARY', 'TABLE') FROM system.tables WHERE database IN (%s)"
                .formatted(
                    Set.copyOf(databases.names().values()).stream()
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(", "))))
        .lines()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As {@link #there} would tell them. */
  Set<String> told(Release release) {
    var all = new TreeSet<String>();
    CATALOG.relations(release).forEach((it, form) -> all.add(databases.of(it) + " " + form));
    return all;
  }

  /** Upstream's remove_deprecated_models, statement by statement. */
  void runUpstreamsMacro(Release release) {
    for (var drop : CATALOG.dbtOf(release).deprecated()) {
      var name = databases.of(drop.relation());
      if (drop.kind() == Kind.MATERIALIZED_VIEW) {
        server.execute(
            "DROP VIEW IF EXISTS %s_mv".formatted(name), "DROP TABLE IF EXISTS %s".formatted(name));
      } else {
        server.execute(
            "DROP %s IF EXISTS %s"
                .formatted(drop.kind() == Kind.VIEW ? "VIEW" : "DICTIONARY", name));
      }
    }
  }

  void remove() {
    Set.copyOf(databases.names().values())
        .forEach(
            each ->
                server.execute(
                    "DROP DATABASE IF EXISTS %s SYNC SETTINGS check_table_dependencies = 0"
                        .formatted(each)));
  }
}
