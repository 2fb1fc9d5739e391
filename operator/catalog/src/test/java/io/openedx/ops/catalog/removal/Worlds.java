package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes worlds out of definitions, as a server would tell them. */
final class Worlds {
  static final Catalog CATALOG = CatalogFile.standard();

  /** Of a site whose pipeline is Ralph. */
  static final Databases RALPH =
      new Databases(
          Map.of(
              Role.XAPI, "xapi",
              Role.RALPH, "xapi",
              Role.EVENT_SINK, "event_sink",
              Role.REPORTING, "reporting",
              Role.VECTOR, "openedx"));

  private record Dataset(String name, String database, String sql) {
    Outsider outsider(References references) {
      return new Outsider(
          "Superset's dataset " + name,
          references.inQuery(database.isEmpty() ? List.of() : List.of(database), sql),
          "dataset:" + name);
    }
  }

  private record Told(TableName name, String engine, String uuid, long bytes, String definition) {}

  private final List<Told> told = new ArrayList<>();
  private final Map<String, String> outsiders = new HashMap<>();
  private final List<Dataset> datasets = new ArrayList<>();
  private final Set<TableName> detached = new HashSet<>();
  private long guard;
  private String cluster = "";

  static TableName name(String text) {
    var dot = text.indexOf('.');
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  Worlds with(TableName name, String engine, String uuid, long bytes, String definition) {
    told.add(new Told(name, engine, uuid, bytes, definition));
    return this;
  }

  private Worlds with(String name, String engine, String definition) {
    return with(name(name), engine, "uuid-of-" + name, 1_000, definition);
  }

  Worlds table(String name) {
    return with(name, "ReplacingMergeTree", "CREATE TABLE %s (`a` String)".formatted(name));
  }

  Worlds view(String name, String select) {
    return with(name, "View", "CREATE VIEW %s (`a` String) AS %s".formatted(name, select));
  }

  Worlds dictionary(String name, String database, String table) {
    return with(
        name,
        "Dictionary",
        "CREATE DICTIONARY %s (`a` String) PRIMARY KEY a SOURCE(CLICKHOUSE(DB '%s' TABLE '%s'))"
            .formatted(name, database, table));
  }

  /** A table and the view that fills it. */
  Worlds model(String name, String source) {
    return table(name).feeder(name + "_mv", name, source);
  }

  Worlds feeder(String name, String target, String source) {
    return with(
        name,
        "MaterializedView",
        "CREATE MATERIALIZED VIEW %s TO %s (`a` String) AS SELECT a FROM %s"
            .formatted(name, target, source));
  }

  Worlds outsider(String label, String text) {
    outsiders.put(label, text);
    return this;
  }

  /** Whose connection has this database for names without one; empty where nobody knows. */
  Worlds dataset(String name, String database, String sql) {
    datasets.add(new Dataset(name, database, sql));
    return this;
  }

  Worlds detached(String name) {
    detached.add(name(name));
    return this;
  }

  Worlds guard(long bytes) {
    guard = bytes;
    return this;
  }

  Worlds cluster(String name) {
    cluster = name;
    return this;
  }

  World world() {
    var references = new References(told.stream().map(Told::name).toList());
    var nobody = new TableName("", "");
    return World.of(
        told.stream()
            .map(
                each ->
                    new LiveRelation(
                        each.name(),
                        each.engine(),
                        each.uuid(),
                        each.bytes() / 10,
                        each.bytes(),
                        references.in(each.name(), each.engine(), each.definition()),
                        References.target(each.name(), each.engine(), each.definition())))
            .toList(),
        detached,
        Stream.concat(
                outsiders.entrySet().stream()
                    .map(
                        each ->
                            new Outsider(
                                each.getKey(), references.in(nobody, "", each.getValue()))),
                datasets.stream().map(each -> each.outsider(references)))
            .toList(),
        guard,
        cluster);
  }
}
