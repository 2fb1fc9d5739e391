package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The last step that an AspectsUpgrade does, in the order of the run. */
public enum AspectsUntil {
  @JsonProperty("Verify")
  VERIFY,
  @JsonProperty("FinalVerify")
  FINAL_VERIFY
}
