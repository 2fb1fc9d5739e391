package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the images of an upgrade come from. */
public enum ImagesMode {
  /** Somebody has built and pushed them. */
  @JsonProperty("Prebuilt")
  PREBUILT,
  /** The run builds and pushes them. */
  @JsonProperty("Build")
  BUILD
}
