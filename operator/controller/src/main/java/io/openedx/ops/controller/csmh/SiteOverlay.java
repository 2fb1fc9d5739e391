package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.site.Overlay;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteDocuments;
import io.openedx.ops.controller.site.SiteSettings;
import io.openedx.ops.controller.site.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * spec.site.mode Managed: the operator lays the settings over the site's own, and keeps them there
 * for as long as the run goes.
 *
 * @param namespace of the site
 * @param application the user of the LMS
 */
record SiteOverlay(String namespace, Endpoint target, CredentialsRef application) {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** While a workload lacks them; empty when all have them. */
  Optional<Hold> hold(Site site, boolean readOld) {
    var overlay = new Overlay(new SiteSettings(target, application, true, readOld));
    var refused =
        site.workloads().stream().flatMap(each -> overlay.refused(each).stream()).toList();
    if (!refused.isEmpty()) {
      return Optional.of(
          new Hold(
              "Waits for the site: %s. Give it that variable, or create a new CsmhMigration with spec.site.mode External."
                  .formatted(String.join("; ", refused)),
              SOON,
              List.of()));
    }
    var lacking = site.workloads().stream().filter(each -> !overlay.isOn(each)).toList();
    return lacking.isEmpty() ? Optional.empty() : Optional.of(layOver(overlay, lacking));
  }

  private Hold layOver(Overlay overlay, List<Workload> lacking) {
    var actions = new ArrayList<Action>();
    actions.add(SiteDocuments.overlay());
    lacking.forEach(each -> actions.add(new Action.LayOver(overlay.patch(namespace, each))));
    return new Hold(
        "The settings are laid over those of %s; their pods are replaced."
            .formatted(lacking.stream().map(Workload::id).collect(Collectors.joining(", "))),
        SOON,
        actions);
  }
}
