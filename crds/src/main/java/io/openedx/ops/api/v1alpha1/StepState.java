package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a step stands. */
public enum StepState {
  /** Not begun. */
  @JsonProperty("Pending")
  PENDING,
  /** An attempt is recorded and its Job is wanted. */
  @JsonProperty("Running")
  RUNNING,
  /** Its gate waits for an approval. */
  @JsonProperty("Waiting")
  WAITING,
  /** Done and proven. */
  @JsonProperty("Succeeded")
  SUCCEEDED,
  /** Ended without success; a human must act. */
  @JsonProperty("Failed")
  FAILED,
  /** Not part of this run. */
  @JsonProperty("Skipped")
  SKIPPED
}
