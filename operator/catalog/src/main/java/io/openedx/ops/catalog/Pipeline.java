package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What brings xAPI events into ClickHouse. */
public enum Pipeline {
  /** The LMS posts to Ralph, which writes to the database {@code xapi}. */
  @JsonProperty("ralph")
  RALPH,
  /** The LMS logs, and Vector writes to the database {@code openedx}. */
  @JsonProperty("vector")
  VECTOR;

  /** The setting's value. */
  public String id() {
    return this == RALPH ? "ralph" : "vector";
  }
}
