package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A point where a human may have to approve. */
public enum Gate {
  /** Before anything is changed. */
  @JsonProperty("plan")
  PLAN,
  /** Before the site stops reading the old data. */
  @JsonProperty("cutover")
  CUTOVER,
  /** Before anything is removed. */
  @JsonProperty("destructive")
  DESTRUCTIVE
}
