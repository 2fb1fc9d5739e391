package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret with a certificate authority. */
public record CaRef(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of a Secret in the resource's own namespace.")
        String name,
    @Default("ca.crt")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The Secret's key that holds the PEM file.")
        String key) {}
