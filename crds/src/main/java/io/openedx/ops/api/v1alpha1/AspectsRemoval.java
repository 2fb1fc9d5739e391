package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How old relations are removed, where spec.until asks for it. */
public record AspectsRemoval(
    @Default("0")
        @Min(0)
        @Max(2_592_000)
        @JsonPropertyDescription(
            "Seconds for which the new version runs after Verify before the removal is planned: as"
                + " long as the old relations are there, older dashboards and reports still work.")
        int soakSeconds) {

  /** The defaults of the CRD. */
  public static final AspectsRemoval DEFAULTS = new AspectsRemoval(0);
}
