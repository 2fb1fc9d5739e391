package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the rows of the old table. */
public enum DrainMethod {
  /** They stay. */
  @JsonProperty("Keep")
  KEEP,
  /** All at once. */
  @JsonProperty("Truncate")
  TRUNCATE,
  /** In small transactions, each range compared with its copy in the same transaction. */
  @JsonProperty("SlowDelete")
  SLOW_DELETE
}
