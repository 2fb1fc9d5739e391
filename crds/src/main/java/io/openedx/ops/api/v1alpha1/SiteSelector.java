package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Which Deployments are the site's. */
public record SiteSelector(
    @Required
        @Size(min = 1)
        @JsonPropertyDescription(
            "Labels that a Deployment must carry, all of them. Of those that do, the ones whose"
                + " containers have the environment variable SERVICE_VARIANT or"
                + " DJANGO_SETTINGS_MODULE run the LMS or CMS.")
        Map<String, String> matchLabels) {

  public SiteSelector {
    matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
  }
}
