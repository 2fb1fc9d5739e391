package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** From which size on nobody upgrades without having tried it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AspectsRehearsal(
    @Default("10000000")
        @Min(0)
        @JsonPropertyDescription(
            "From so many xAPI events on, Preflight asks for a rehearsal on a copy of the site; 0"
                + " never asks.")
        long thresholdEvents,
    @Default("false")
        @JsonPropertyDescription(
            "true goes on without a rehearsal. How long the migrations take is then a guess.")
        boolean acknowledged,
    @JsonPropertyDescription(
            "What the rehearsal measured; it answers the question, and feeds the estimate.")
        @Nullable AspectsRates ratesFrom) {

  /** The defaults of the CRD. */
  public static final AspectsRehearsal DEFAULTS = new AspectsRehearsal(10_000_000, false, null);
}
