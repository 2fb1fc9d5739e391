package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A run's state in one word: a summary for humans, computed each time and never read back. */
public enum Phase {
  /** Another run holds the lock of the same target. */
  @JsonProperty("Queued")
  QUEUED,
  /** A step is under way. */
  @JsonProperty("Running")
  RUNNING,
  /** A step ended without success for a reason that may pass; it is tried again by itself. */
  @JsonProperty("Retrying")
  RETRYING,
  /** A gate waits for an approval. */
  @JsonProperty("AwaitingApproval")
  AWAITING_APPROVAL,
  /** spec.suspend holds the run. */
  @JsonProperty("Paused")
  PAUSED,
  /** A human must act; spec.retryToken makes it go on. */
  @JsonProperty("Blocked")
  BLOCKED,
  /** mode Plan: the plan is written. */
  @JsonProperty("Planned")
  PLANNED,
  /** Everything asked for is done and proven. */
  @JsonProperty("Succeeded")
  SUCCEEDED,
  /** spec.cancel ended the run. */
  @JsonProperty("Cancelled")
  CANCELLED
}
