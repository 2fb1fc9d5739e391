package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a rehearsal measured. */
public record AspectsRates(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Which run it was, for the plan: for example staging/to-3-0-3.")
        String run,
    @Required
        @Min(1)
        @JsonPropertyDescription(
            "How many xAPI events it had: evidence xapiEvents of its Preflight.")
        long events,
    @Required @Min(1) @JsonPropertyDescription("Seconds that its step Init took.") long initSeconds,
    @Min(0) @JsonPropertyDescription("Seconds that its step FullRefresh took.")
        long fullRefreshSeconds) {}
