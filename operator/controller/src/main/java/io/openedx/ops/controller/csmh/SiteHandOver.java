package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.SiteMode;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.site.Overlay;
import io.openedx.ops.controller.site.Site;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings are laid over the site's own that are to go, as spec.site.mode is External or writes are
 * given back: its own are asked for as if nothing were, and what is laid over them goes once they
 * suffice; not before, else nobody knows where the site would write.
 *
 * @param namespace of the site
 */
record SiteHandOver(String namespace, Site site) {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Whether that is so. */
  static boolean pending(CsmhMigrationSpec spec, Site site) {
    return spec.site() != null
        && (spec.site().mode() == SiteMode.EXTERNAL || spec.until() == CsmhUntil.CREATE_TABLE)
        && site.touched();
  }

  /** What takes them away, when the look before has found that the site's own suffice. */
  Optional<Hold> hold(StepStatus looked) {
    return SiteFinding.OWN_SUFFICE.equals(looked.reason())
            && site.fingerprint().equals(looked.evidence().get(SiteFinding.FINGERPRINT))
        ? Optional.of(
            new Hold(
                "The site's own settings suffice: those laid over them are taken away, and its pods are replaced. ConfigMap %s stays, for older ReplicaSets mount it; delete it once nobody will roll back to them."
                    .formatted(Overlay.CONFIG_MAP),
                SOON,
                site.ownAgain(namespace).stream().<Action>map(Action.TakeOff::new).toList()))
        : Optional.empty();
  }
}
