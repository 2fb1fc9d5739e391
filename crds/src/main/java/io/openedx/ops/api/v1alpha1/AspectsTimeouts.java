package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** After how long a human is called. */
public record AspectsTimeouts(
    @Default("3600")
        @Min(60)
        @Max(86_400)
        @JsonPropertyDescription(
            "Seconds without any progress (no task, no dbt model, no backed up byte, no pod that"
                + " starts) after which the run is Stalled. One dbt model may rebuild a large"
                + " table: raise it for a large site. A paused run and one that waits for an"
                + " approval do not count.")
        int progressDeadlineSeconds,
    @Default("0")
        @Min(0)
        @JsonPropertyDescription(
            "Seconds that one attempt of a runner's Job may take in all; 0 sets no limit.")
        int jobDeadlineSeconds,
    @Default("14400")
        @Min(60)
        @JsonPropertyDescription(
            "Seconds that one Job of Aspects' init (or of dbt, or of the replay) may take. Tutor"
                + " itself would wait for ever.")
        int initJobSeconds,
    @Default("1200")
        @Min(60)
        @JsonPropertyDescription(
            "Seconds that a roll-out of one workload, or a GitOps sync, may take.")
        int rolloutSeconds,
    @Default("14400") @Min(60) @JsonPropertyDescription("Seconds that one backup may take.")
        int backupSeconds)
    implements Deadlines {

  /** The defaults of the CRD. */
  public static final AspectsTimeouts DEFAULTS =
      new AspectsTimeouts(3_600, 0, 14_400, 1_200, 14_400);
}
