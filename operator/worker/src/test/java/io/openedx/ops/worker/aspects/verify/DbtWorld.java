package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.hop.Hop;
import io.openedx.ops.catalog.hop.Rebuild;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Verdict;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Databases on a real server as dbt leaves them, with events: names, kinds and databases are the
 * catalog's; every model has the same columns, and one that says by which release's SQL a row was
 * made.
 */
final class DbtWorld implements AutoCloseable {
  private static final Catalog CATALOG = CatalogFile.standard();
  private static final String COLUMNS =
      "event_id UUID, emission_time DateTime64(6), actor_id String, made_by String";

  private final ClickHouseServer server;
  private final String prefix;
  private final Release from;
  private final Release to;
  private final Set<Relation> built = new TreeSet<>();

  DbtWorld(ClickHouseServer server, String prefix, String from, String to) {
    this.server = server;
    this.prefix = prefix;
    this.from = CATALOG.require(Version.of(from));
    this.to = CATALOG.require(Version.of(to));
    for (var role : Role.values()) {
      server.execute("CREATE DATABASE IF NOT EXISTS " + database(role));
    }
    CATALOG
        .relations(this.to)
        .forEach(
            (relation, form) -> {
              if (form == Form.TABLE && alembic(relation)) {
                server.execute(
                    "CREATE TABLE %s (event_id UUID, emission_time DateTime64(6), actor_id String) ENGINE = ReplacingMergeTree ORDER BY (emission_time, event_id)"
                        .formatted(name(relation).quoted()));
                insert(relation, 500, "now() - INTERVAL 90 DAY");
                insert(relation, 500, "now() - INTERVAL 1 DAY");
              }
            });
    CATALOG.dbtOf(this.from).models().forEach((model, kind) -> build(model, kind, this.from));
  }

  private static boolean alembic(Relation relation) {
    return CATALOG.alembic().stream().anyMatch(each -> each.relation().equals(relation));
  }

  /** What init and the full refresh do, but for these models. */
  void upgrade(String... butFor) {
    var rebuilt =
        Hop.of(CATALOG, from.version(), to.version()).fullRefresh().stream()
            .map(Rebuild::model)
            .toList();
    CATALOG
        .dbtOf(to)
        .models()
        .forEach(
            (model, kind) -> {
              if (List.of(butFor).contains(model.name())) {
                return;
              }
              if (!built.contains(model)
                  || CATALOG.dbtOf(from).models().get(model) != kind
                  || rebuilt.contains(model.name())) {
                build(model, kind, to);
              }
            });
  }

  private void build(Relation model, Kind kind, Release release) {
    var name = name(model);
    built.add(model);
    if (kind == Kind.DICTIONARY) {
      server.execute(
          "CREATE OR REPLACE DICTIONARY %s (event_id UUID, actor_id String) PRIMARY KEY event_id SOURCE(CLICKHOUSE(DB '%s' TABLE '%s')) LIFETIME(0) LAYOUT(COMPLEX_KEY_HASHED())"
              .formatted(name.quoted(), raw(model).database(), raw(model).name()));
      return;
    }
    server.execute(
        "DROP TABLE IF EXISTS %s SYNC".formatted(name(model.feeder()).quoted()),
        "DROP TABLE IF EXISTS %s SYNC".formatted(name.quoted()));
    if (kind == Kind.VIEW) {
      server.execute("CREATE VIEW %s AS %s".formatted(name.quoted(), select(model, release)));
      return;
    }
    server.execute(
        "CREATE TABLE %s (%s) ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(emission_time) ORDER BY (actor_id, event_id) TTL toDateTime(emission_time) + toIntervalYear(1)"
            .formatted(name.quoted(), COLUMNS),
        "INSERT INTO %s %s".formatted(name.quoted(), select(model, release)),
        "CREATE MATERIALIZED VIEW %s TO %s AS %s"
            .formatted(name(model.feeder()).quoted(), name.quoted(), select(model, release)));
  }

  private String select(Relation model, Release release) {
    return "SELECT event_id, emission_time, actor_id, '%s' AS made_by FROM %s WHERE actor_id != 'nobody?'"
        .formatted(release.dbt(), raw(model).quoted());
  }

  private TableName raw(Relation model) {
    return name(
        Relation.of(
            model.role() == Role.EVENT_SINK
                ? "event_sink.course_blocks"
                : "ralph.xapi_events_all"));
  }

  /** Events come in. */
  void events(int count) {
    insert(Relation.of("ralph.xapi_events_all"), count, "now()");
    insert(Relation.of("event_sink.course_blocks"), count, "now()");
  }

  private void insert(Relation relation, int count, String when) {
    server.execute(
        "INSERT INTO %s SELECT generateUUIDv4(), %s, 'learner-' || toString(number %% 50) FROM numbers(%d)"
            .formatted(name(relation).quoted(), when, count));
  }

  /** The SQL that the new release has for a model. */
  String select(String model) {
    return select(Relation.of(model), to);
  }

  String table(String relation) {
    return name(Relation.of(relation)).quoted();
  }

  private TableName name(Relation relation) {
    return new TableName(database(relation.role()), relation.name());
  }

  private String database(Role role) {
    return prefix + "_" + (role == Role.XAPI ? Role.RALPH : role).database();
  }

  Upgraded upgraded() {
    var databases = new TreeMap<String, String>();
    for (var role : Role.values()) {
      databases.put(role.id(), database(role));
    }
    return new Upgraded(
        new ClickHouse(
            new Address(server.host(), server.port(), false),
            new Credentials(server.user(), server.password())),
        CATALOG,
        new Facts(
            from.version().toString(),
            to.version().toString(),
            "21.0.9",
            new Address(server.host(), server.port(), false),
            databases,
            List.of(),
            List.of(),
            List.of(),
            Hop.of(CATALOG, from.version(), to.version()).fullRefresh().stream()
                .map(Rebuild::selector)
                .toList(),
            Map.of()),
        new StopSignal());
  }

  Census census() {
    var names = new TreeSet<TableName>();
    List.of(from, to)
        .forEach(
            release ->
                CATALOG
                    .relations(release)
                    .forEach(
                        (relation, form) -> {
                          if (form == Form.TABLE) {
                            names.add(name(relation));
                          }
                        }));
    return Census.take(upgraded().server(), names, true, new StopSignal());
  }

  /** Every proof that is of this verdict, as {@code reason subject}. */
  static List<String> of(List<Proof> proofs, Verdict verdict) {
    return proofs.stream()
        .filter(each -> each.verdict() == verdict)
        .map(each -> each.reason() + " " + each.subject())
        .toList();
  }

  List<Proof> proofs(Census census) {
    return new DataProofs(upgraded())
        .sections(census, "run-before").stream().flatMap(each -> each.proofs().stream()).toList();
  }

  @Override
  public void close() {
    for (var role : Role.values()) {
      server.execute(
          "DROP DATABASE IF EXISTS %s SYNC SETTINGS check_table_dependencies = 0"
              .formatted(database(role)));
    }
  }
}
