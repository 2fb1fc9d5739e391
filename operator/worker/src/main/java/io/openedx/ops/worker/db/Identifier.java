package io.openedx.ops.worker.db;

/** The one place where a name becomes part of an SQL text. */
public final class Identifier {
  private Identifier() {}

  /** The name in backquotes. */
  public static String quoted(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a MySQL name cannot hold NUL");
    }
    return "`" + name.replace("`", "``") + "`";
  }

  /** database.table, both in backquotes. */
  public static String quoted(String database, String table) {
    return quoted(database) + "." + quoted(table);
  }
}
