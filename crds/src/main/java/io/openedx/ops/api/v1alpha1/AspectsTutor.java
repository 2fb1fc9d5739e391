package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The site's Tutor: its configuration, and the image that runs it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.configSecretRef) != has(self.persistentVolumeClaim)",
    message =
        "spec.tutor must name either configSecretRef or persistentVolumeClaim: the one place where"
            + " the site's config.yml lies")
public record AspectsTutor(
    @JsonPropertyDescription(
            "The Secret that holds the site's config.yml: kubectl create secret generic"
                + " tutor-config --from-file=\"$(tutor config printroot)/config.yml\".")
        @Nullable ConfigSecretRef configSecretRef,
    @JsonPropertyDescription("The volume that holds it, instead of a Secret.")
        @Nullable ConfigVolume persistentVolumeClaim,
    @Required
        @Pattern("^[^\\s@]+(@sha256:[0-9a-f]{64})?$")
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
            "An image that carries tutor, the Aspects plugin at the wanted version, the site's"
                + " other plugins and kubectl; deploy/images/runner builds one. It must be based on"
                + " glibc: the operator's own program runs in it. Preflight proves that its plugin"
                + " is the wanted version.")
        String runnerImage) {}
