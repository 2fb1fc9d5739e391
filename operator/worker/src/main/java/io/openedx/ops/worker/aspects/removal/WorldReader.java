package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.LiveRelation;
import io.openedx.ops.catalog.removal.Outsider;
import io.openedx.ops.catalog.removal.References;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.catalog.removal.World;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.superset.Dataset;
import io.openedx.ops.worker.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at everything that a server holds. Definitions are read for names row by row and not kept:
 * they are long, and those of dictionaries hold passwords.
 */
final class WorldReader {
  private static final String SITES_OWN =
      "NOT is_temporary AND database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')";
  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";
  private static final TableName NOBODY = new TableName("", "");

  private final ClickHouse server;

  WorldReader(ClickHouse server) {
    this.server = server;
  }

  /**
   * What is there now.
   *
   * @param cluster where statements must run on all servers; empty for a single one
   * @param datasets that read it from outside
   */
  World read(String cluster, List<Dataset> datasets) {
    var references =
        new References(
            list("SELECT database, name FROM system.tables WHERE " + SITES_OWN, WorldReader::name));
    var outsiders = outsiders(references);
    datasets.forEach(each -> outsiders.add(each.reader(references)));
    return World.of(relations(references), detached(), outsiders, guard(), cluster);
  }

  private List<LiveRelation> relations(References references) {
    var told = told();
    return list(
        """
        SELECT database, name, engine,
          if(toString(uuid) = '%s', toString(metadata_modification_time), toString(uuid)),
          ifNull(total_rows, 0), ifNull(total_bytes, 0), create_table_query
        FROM system.tables WHERE %s\
        """
            .formatted(NO_UUID, SITES_OWN),
        row -> relation(row, references, told));
  }

  private static LiveRelation relation(
      ResultSet row, References references, Map<TableName, Set<TableName>> told)
      throws SQLException {
    var name = name(row);
    var engine = row.getString(3);
    var definition = row.getString(7);
    var uses = new HashSet<>(references.in(name, engine, definition));
    uses.addAll(told.getOrDefault(name, Set.of()));
    uses.remove(name);
    return new LiveRelation(
        name,
        engine,
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        uses,
        References.target(name, engine, definition));
  }

  /** What the server itself knows of who uses whom. */
  private Map<TableName, Set<TableName>> told() {
    var told = new HashMap<TableName, Set<TableName>>();
    edges(
        told,
        "SELECT d, t, database, name FROM system.tables ARRAY JOIN dependencies_database AS d, dependencies_table AS t WHERE ");
    edges(
        told,
        "SELECT database, name, d, t FROM system.tables ARRAY JOIN loading_dependencies_database AS d, loading_dependencies_table AS t WHERE ");
    return told;
  }

  private void edges(Map<TableName, Set<TableName>> told, String sql) {
    list(
        sql + SITES_OWN,
        row ->
            told.computeIfAbsent(name(row), key -> new HashSet<>())
                .add(new TableName(row.getString(3), row.getString(4))));
  }

  /** Servers of before 24.8 do not tell; a database that lies elsewhere has none and refuses. */
  private Set<TableName> detached() {
    if (!hasTable("detached_tables")) {
      return Set.of();
    }
    var own =
        list(
            "SELECT name FROM system.databases WHERE engine IN ('Atomic', 'Ordinary', 'Replicated', 'Shared') AND name != 'system'",
            row -> Names.text(row.getString(1)));
    return own.isEmpty()
        ? Set.of()
        : Set.copyOf(
            list(
                "SELECT database, table FROM system.detached_tables WHERE database IN (%s)"
                    .formatted(String.join(", ", own)),
                WorldReader::name));
  }

  private List<Outsider> outsiders(References references) {
    var outsiders = new ArrayList<Outsider>();
    outsiders.addAll(
        list(
            "SELECT 'function ' || name, create_query FROM system.functions WHERE create_query != ''",
            row -> outsider(row, references)));
    outsiders.addAll(
        list(
            "SELECT 'dictionary ' || name || ' of the server''s configuration', source FROM system.dictionaries WHERE database = ''",
            row -> outsider(row, references)));
    return outsiders;
  }

  private static Outsider outsider(ResultSet row, References references) throws SQLException {
    return new Outsider(row.getString(1), references.in(NOBODY, "", row.getString(2)));
  }

  private long guard() {
    return server
        .first(
            Limits.LOOK,
            row -> row.getLong(1),
            "SELECT toInt64OrZero(value) FROM system.server_settings WHERE name = 'max_table_size_to_drop'")
        .orElse(0L);
  }

  private boolean hasTable(String name) {
    return server.one(
        Limits.LOOK,
        row -> row.getBoolean(1),
        "SELECT count() > 0 FROM system.tables WHERE database = 'system' AND name = ?",
        name);
  }

  private <T> List<T> list(String sql, Sql.Row<T> row) {
    return server.list(Limits.LOOK, row, sql);
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString(1), row.getString(2));
  }
}
