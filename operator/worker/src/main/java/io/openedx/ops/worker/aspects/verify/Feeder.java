package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.removal.References;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A materialized view as the server has it.
 *
 * @param target where it writes
 * @param sources the tables whose inserts the server hands to it
 * @param select its SQL
 */
record Feeder(TableName name, @Nullable TableName target, Set<TableName> sources, String select) {

  static Map<TableName, Feeder> all(ClickHouse server) {
    var sources = new TreeMap<TableName, Set<TableName>>();
    server.list(
        Limits.LOOK,
        row ->
            sources
                .computeIfAbsent(
                    new TableName(row.getString(3), row.getString(4)), key -> new TreeSet<>())
                .add(new TableName(row.getString(1), row.getString(2))),
        "SELECT database, name, d, t FROM system.tables ARRAY JOIN dependencies_database AS d, dependencies_table AS t WHERE database != 'system'");
    var all = new TreeMap<TableName, Feeder>();
    server.list(
        Limits.LOOK,
        row -> {
          var name = new TableName(row.getString(1), row.getString(2));
          return all.put(
              name,
              new Feeder(
                  name,
                  References.target(name, "MaterializedView", row.getString(3)),
                  Set.copyOf(sources.getOrDefault(name, Set.of())),
                  row.getString(4)));
        },
        "SELECT database, name, create_table_query, as_select FROM system.tables WHERE engine = 'MaterializedView'");
    return all;
  }
}
