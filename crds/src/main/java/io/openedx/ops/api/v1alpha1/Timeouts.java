package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** After how long a human is called. */
public record Timeouts(
    @Default("900")
        @Min(30)
        @Max(86_400)
        @JsonPropertyDescription(
            "Seconds without any progress (no row, no task, no pod that starts) after which the run"
                + " is Stalled. A copy may take days; standing still may not. A paused run, one that"
                + " waits for an approval, and one that gives way to a busy server or to a replica"
                + " that catches up do not count.")
        int progressDeadlineSeconds,
    @Default("0")
        @Min(0)
        @JsonPropertyDescription(
            "Seconds that one attempt of a step's Job may take in all; 0 sets no limit.")
        int jobDeadlineSeconds)
    implements Deadlines {

  /** The defaults of the CRD. */
  public static final Timeouts DEFAULTS = new Timeouts(900, 0);
}
