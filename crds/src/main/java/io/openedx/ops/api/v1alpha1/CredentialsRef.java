package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret with a user name and a password. */
public record CredentialsRef(
    @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Name of a Secret in the resource's own namespace. The operator never reads it: the"
                + " kubelet hands it to the pod that does the work.")
        String name,
    @Default("username")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The Secret's key that holds the user name.")
        String usernameKey,
    @Default("password")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The Secret's key that holds the password.")
        String passwordKey) {}
