package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who decides what is dropped. */
public enum RemovalMethod {
  @JsonProperty("Plan")
  PLAN,
  @JsonProperty("Upstream")
  UPSTREAM
}
