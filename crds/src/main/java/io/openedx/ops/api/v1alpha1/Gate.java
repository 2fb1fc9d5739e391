package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A point where a human may have to approve. */
public enum Gate {
  /** Before anything is changed. */
  @JsonProperty("plan")
  PLAN,
  /** Before the users of the site notice. */
  @JsonProperty("cutover")
  CUTOVER,
  /** Before old data is removed. */
  @JsonProperty("destructive")
  DESTRUCTIVE
}
