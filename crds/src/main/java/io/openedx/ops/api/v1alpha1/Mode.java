package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a run may go. */
public enum Mode {
  /** Look, write the plan, touch nothing. */
  @JsonProperty("Plan")
  PLAN,
  /** Do what the plan says. */
  @JsonProperty("Run")
  RUN
}
