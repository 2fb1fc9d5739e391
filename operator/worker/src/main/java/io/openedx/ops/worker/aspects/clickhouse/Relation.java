package io.openedx.ops.worker.aspects.clickhouse;

import java.util.List;

/**
 * A table, view, materialized view or dictionary.
 *
 * @param definition its CREATE statement; dictionaries' have passwords in them
 */
public record Relation(
    String database, String name, String engine, long rows, long bytes, String definition) {

  private static final String ALL =
      """
      SELECT database, name, engine, ifNull(total_rows, 0), ifNull(total_bytes, 0), create_table_query
      FROM system.tables
      WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')
      ORDER BY database, name\
      """;

  /** Definitions are long, and some hold passwords. */
  @Override
  public String toString() {
    return fullName();
  }

  public String fullName() {
    return database + "." + name;
  }

  public boolean view() {
    return engine.endsWith("View");
  }

  /** All that is not the server's own. */
  public static List<Relation> all(ClickHouse server) {
    return server.list(
        Limits.LOOK,
        row ->
            new Relation(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6)),
        ALL);
  }
}
