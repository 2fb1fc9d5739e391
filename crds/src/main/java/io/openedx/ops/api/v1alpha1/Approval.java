package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One human's consent to one gate of one plan. */
public record Approval(
    @Required @JsonPropertyDescription("The gate that is opened: plan, cutover or destructive.")
        Gate gate,
    @Required
        @Pattern("^sha256:[0-9a-f]{64}$")
        @Size(max = 71)
        @JsonPropertyDescription(
            "The hash of the plan that was read, as shown in status.plan.hash. An approval of"
                + " another hash does not count: whoever approves, approves what will be done.")
        String planHash) {}
