package io.openedx.ops.catalog;

/** What a single relation is on the server; a model may be two of them. */
public enum Form {
  TABLE,
  VIEW,
  /** A materialized view that writes into a table of its own name. */
  FEEDER,
  DICTIONARY;

  /** For sentences. */
  public String word() {
    return switch (this) {
      case TABLE -> "table";
      case VIEW -> "view";
      case FEEDER -> "materialized view";
      case DICTIONARY -> "dictionary";
    };
  }

  /** From the column {@code engine} of {@code system.tables}. */
  public static Form ofEngine(String engine) {
    return switch (engine) {
      case "View" -> VIEW;
      case "MaterializedView" -> FEEDER;
      case "Dictionary" -> DICTIONARY;
      default -> TABLE;
    };
  }
}
