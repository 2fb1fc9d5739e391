package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What a ClickHouse database is for; a site may give each another name. */
public enum Role {
  /** Where dbt's xAPI models live: the database of the site's pipeline. */
  @JsonProperty("xapi")
  XAPI("xapi", "xapi"),
  /** Where Ralph writes; the same database as XAPI on a site whose pipeline is Ralph. */
  @JsonProperty("ralph")
  RALPH("ralph", "xapi"),
  /** Where the platform's sinks write. */
  @JsonProperty("event_sink")
  EVENT_SINK("event_sink", "event_sink"),
  /** Where dbt's report models live. */
  @JsonProperty("reporting")
  REPORTING("reporting", "reporting"),
  /** Where Vector writes; the same database as XAPI on a site whose pipeline is Vector. */
  @JsonProperty("openedx")
  VECTOR("openedx", "openedx");

  private final String id;
  private final String database;

  Role(String id, String database) {
    this.id = id;
    this.database = database;
  }

  /** The name in the catalog. */
  public String id() {
    return id;
  }

  /** The database's name unless the site has changed it. */
  public String database() {
    return database;
  }

  /** The role of that name. */
  public static Role of(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no role is named " + id));
  }
}
