package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How the old table is proven to be quiet. */
public record CsmhFreeze(
    @Default("30")
        @Min(1)
        @Max(86_400)
        @JsonPropertyDescription(
            "Seconds during which max(id) of the old table must not move, after which no"
                + " transaction may be open that is older. Only then are the ids to copy fixed. A"
                + " row that appears later stops the run before anything is removed.")
        int quietSeconds) {

  /** The defaults of the CRD. */
  public static final CsmhFreeze DEFAULTS = new CsmhFreeze(30);
}
