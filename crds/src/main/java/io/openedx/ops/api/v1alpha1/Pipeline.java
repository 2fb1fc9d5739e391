package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way events take after the upgrade. */
public enum Pipeline {
  /** The one that the site runs now. */
  @JsonProperty("Keep")
  KEEP,
  /** The one that the wanted version has as its default. */
  @JsonProperty("Move")
  MOVE
}
