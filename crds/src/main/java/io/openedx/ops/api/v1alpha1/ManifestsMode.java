package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who applies the rendered manifests. */
public enum ManifestsMode {
  /** The run. */
  @JsonProperty("Apply")
  APPLY,
  /** A GitOps tool; the run waits until it has. */
  @JsonProperty("External")
  EXTERNAL
}
