package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The volume that holds Tutor's config.yml. */
public record ConfigVolume(
    @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the resource's own namespace. The runner's pod"
                + " (user and group 65532) must be able to write to it.")
        String claimName,
    @Default("config.yml")
        @Pattern("^[^/][^:]*$")
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("Path of the file on the volume, for example tutor/config.yml.")
        String path) {}
