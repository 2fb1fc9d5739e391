package io.openedx.ops.catalog.removal;

import java.util.Comparator;

/** Where a relation is on one server: database and name, as the server spells them. */
public record TableName(String database, String name) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::database).thenComparing(TableName::name);

  /** For a statement: both in backquotes. */
  public String quoted() {
    return quoted(database) + "." + quoted(name);
  }

  private static String quoted(String part) {
    return "`" + part.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** The materialized view that feeds it, if dbt made it. */
  TableName feeder() {
    return new TableName(database, name + "_mv");
  }

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** For humans. */
  @Override
  public String toString() {
    return database + "." + name;
  }
}
