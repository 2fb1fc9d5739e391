package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The LMS and CMS whose history it is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsmhSite(
    @Default("External")
        @JsonPropertyDescription(
            "Who gives the site its settings. External: the run writes them into ConfigMap"
                + " <name>-site (a Tutor plugin, and plain Django settings), waits until the site"
                + " runs with them and proves it inside the site's own image. Managed: the operator"
                + " lays them over the site's own settings (variables and a volume on the"
                + " Deployments; the next `tutor k8s start` takes them away, so they must have come"
                + " into the site's configuration before). Managed may be changed to External at"
                + " any time, also when the run is over; not back once it has started. From then on"
                + " the settings are the site's own business: the operator looks at the site as it"
                + " would be without what it has laid over it, says what is missing, takes its own"
                + " away once the site's suffice, and proves the site again. The plan says so, too:"
                + " a gate that is still to be passed needs an approval of the new one.")
        @Nullable SiteMode mode,
    @Required @JsonPropertyDescription("Which Deployments are the site's.") SiteSelector selector,
    @Default("100")
        @Min(0)
        @Max(1000)
        @JsonPropertyDescription(
            "Of how many problems a learner's history is read through the application before and"
                + " after it stops reading the old table; the two must be equal. 0 compares none.")
        int sampledHistories) {}
