package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;

/** How the new table is made. */
public record CsmhCreateTable(
    @Default("100000")
        @Min(10_000)
        @JsonPropertyDescription(
            "Distance between the highest old id and the first id that the new table gives to a row"
                + " of its own. It must exceed the rows that the site still writes to the old table"
                + " before all its processes write to the new one: at 2 rows a second, 100000 are"
                + " 14 hours.")
        long autoIncrementMargin) {

  /** The defaults of the CRD. */
  public static final CsmhCreateTable DEFAULTS = new CsmhCreateTable(100_000);
}
