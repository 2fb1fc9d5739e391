package io.openedx.ops.catalog.installed;

/** What a reading was read off, from the most to the least telling. */
public enum Signal {
  IMAGE("image tags"),
  RENDERED("rendered objects"),
  DBT_BRANCH("DBT_BRANCH"),
  DBT_STATE("the manifest that dbt stored"),
  RELATIONS("relations in ClickHouse"),
  ALEMBIC("the Alembic revision");

  private final String words;

  Signal(String words) {
    this.words = words;
  }

  /** For messages. */
  public String words() {
    return words;
  }

  /**
   * When an upgrade changes it: first what is deployed, then in ClickHouse the migrations, the
   * relations, and what dbt stores at its end.
   */
  int stage() {
    return switch (this) {
      case IMAGE, RENDERED, DBT_BRANCH -> 0;
      case ALEMBIC -> 1;
      case RELATIONS -> 2;
      case DBT_STATE -> 3;
    };
  }
}
