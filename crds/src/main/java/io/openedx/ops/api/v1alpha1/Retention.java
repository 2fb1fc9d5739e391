package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;

/** How long child objects are kept; the resource itself is never deleted by the operator. */
public record Retention(
    @Default("86400")
        @Min(0)
        @JsonPropertyDescription(
            "Seconds that a finished Job and its pods (the logs) are kept. What they found stays in"
                + " status and in the plan's ConfigMap.")
        int jobSeconds) {

  /** The defaults of the CRD. */
  public static final Retention DEFAULTS = new Retention(86_400);
}
