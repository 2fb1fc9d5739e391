package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The last step that a CsmhMigration does, in the order of the run. */
public enum CsmhUntil {
  @JsonProperty("CreateTable")
  CREATE_TABLE,
  @JsonProperty("EnableWrites")
  ENABLE_WRITES,
  @JsonProperty("Verify")
  VERIFY,
  @JsonProperty("DisableOldReads")
  DISABLE_OLD_READS,
  @JsonProperty("Drain")
  DRAIN
}
