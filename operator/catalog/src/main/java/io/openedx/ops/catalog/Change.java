package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a changed SQL means for rows that are there already. */
public enum Change {
  /** Old rows differ from what the new SQL would write: rebuild. */
  @JsonProperty("values")
  VALUES,
  /** The same rows, other words: nothing to rebuild. */
  @JsonProperty("wording")
  WORDING
}
