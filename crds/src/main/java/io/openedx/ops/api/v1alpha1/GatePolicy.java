package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who opens a gate. */
public enum GatePolicy {
  /** The operator, at once. */
  @JsonProperty("Auto")
  AUTO,
  /** A human, by an approval that names the plan's hash. */
  @JsonProperty("Manual")
  MANUAL
}
