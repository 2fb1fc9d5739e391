package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What a ClickHouse database is for; a site may give each another name. */
public enum Role {
  /** Where dbt's xAPI models live: the pipeline's database. */
  @JsonProperty("xapi")
  XAPI("xapi"),
  /** Where the platform's sinks write. */
  @JsonProperty("event_sink")
  EVENT_SINK("event_sink"),
  /** Where dbt's report models live. */
  @JsonProperty("reporting")
  REPORTING("reporting"),
  /** Where Vector writes; for a site whose pipeline is Vector this is XAPI's database too. */
  @JsonProperty("openedx")
  VECTOR("openedx");

  private final String database;

  Role(String database) {
    this.database = database;
  }

  /** The database's name unless the site has changed it; also the role's name in the catalog. */
  public String database() {
    return database;
  }

  static Role of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.database.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no database role is named " + name));
  }
}
