package io.openedx.ops.worker.aspects.clickhouse;

/** The one place where a name or a text becomes part of a statement. */
public final class Names {
  private Names() {}

  /** The name in backquotes. */
  public static String quoted(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** database.table, both in backquotes. */
  public static String quoted(String database, String table) {
    return quoted(database) + "." + quoted(table);
  }

  /** A text between quotes. */
  public static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
