package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who gives the site the settings that a migration needs. */
public enum SiteMode {
  /** The site itself: its GitOps repository, or a human with Tutor. The run says what and waits. */
  @JsonProperty("External")
  EXTERNAL,
  /** The operator, by settings laid over the site's own. */
  @JsonProperty("Managed")
  MANAGED
}
