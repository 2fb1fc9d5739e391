package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.CsmhOrder.ReadOld;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a migration waits for at the site. */
final class SiteWatch {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Settings may change where no template does: then nothing tells but another look. */
  private static final Duration ANOTHER_LOOK = Duration.ofMinutes(10);

  private final Site site;
  private final Map<String, String> selector;
  private final String documents;
  private final Optional<SiteOverlay> overlay;
  private final Optional<SiteHandOver> handOver;

  /**
   * @param documents the ConfigMap that says what the site must make its own
   * @param overlay where the operator gives the site its settings
   * @param handOver where it gave them, and is to take them away
   */
  SiteWatch(
      Site site,
      Map<String, String> selector,
      String documents,
      Optional<SiteOverlay> overlay,
      Optional<SiteHandOver> handOver) {
    this.site = site;
    this.selector = selector;
    this.documents = documents;
    this.overlay = overlay;
    this.handOver = handOver;
  }

  Optional<Hold> hold(StepStatus next, List<StepStatus> steps, Instant now) {
    var step = CsmhSteps.of(next.name());
    if (!step.asksTheSite()) {
      return Optional.empty();
    }
    if (site.lms().isEmpty()) {
      return Optional.of(waiting(next, nobody()));
    }
    var readOld = SiteReads.of(step, steps) != ReadOld.NO;
    return switch (step) {
      case ENABLE_WRITES, SAMPLE_READS ->
          laidOver(true)
              .or(() -> takenOff(next))
              .or(() -> notReady(next, now))
              .or(() -> unsettled(next));
      case DISABLE_OLD_READS ->
          laidOver(false)
              .or(() -> takenOff(next))
              .or(() -> notReady(next, now))
              .or(() -> unsettled(next));
      case WATCH_SITE ->
          takenOff(next)
              .or(() -> notReady(next, now))
              .map(waiting -> lacksSettings(next) ? laidOver(readOld).orElse(waiting) : waiting)
              .or(() -> unsettled(next));
      case ROLLBACK_WRITES ->
          takenOff(next).or(() -> notReady(next, now)).or(() -> unsettled(next));
      default -> Optional.empty();
    };
  }

  private String nobody() {
    return "no Deployment with the labels %s of spec.site.selector runs an LMS (a container with SERVICE_VARIANT=lms, or DJANGO_SETTINGS_MODULE=lms...). Deploy the site, or create a new CsmhMigration with the labels that it has."
        .formatted(selector);
  }

  /** Where the site's settings are the operator's business, it brings about what it waits for. */
  private Optional<Hold> laidOver(boolean readOld) {
    return overlay.flatMap(each -> each.hold(site, readOld));
  }

  /** Where they are not any more, it takes away what it has given. */
  private Optional<Hold> takenOff(StepStatus next) {
    return handOver.flatMap(each -> each.hold(next));
  }

  private Optional<Hold> unsettled(StepStatus next) {
    return site.unsettled()
        .map(
            why ->
                waiting(
                    next,
                    "old processes may still run. %s. It goes on by itself when they have ended."
                        .formatted(why)));
  }

  /** The look before found what it found; only another site is worth another look. */
  private Optional<Hold> notReady(StepStatus next, Instant now) {
    var ended = next.completionTime();
    return ended != null
            && (lacksSettings(next) || SiteFinding.NOT_MIGRATED.equals(next.reason()))
            && site.fingerprint().equals(next.evidence().get(SiteFinding.FINGERPRINT))
            && now.isBefore(ended.plus(ANOTHER_LOOK))
        ? Optional.of(
            waiting(
                next,
                lacksSettings(next)
                    ? "%s What to change stands in ConfigMap %s. The site is looked at again when one of its workloads changes."
                        .formatted(next.message(), documents)
                    : "%s The site is looked at again within %d minutes."
                        .formatted(next.message(), ANOTHER_LOOK.toMinutes())))
        : Optional.empty();
  }

  /** To lay them over a site that has them would only replace its pods. */
  private static boolean lacksSettings(StepStatus looked) {
    return SiteFinding.NOT_READY.equals(looked.reason());
  }

  private static Hold waiting(StepStatus next, String why) {
    return new Hold(next.name() + " waits for the site: " + why, SOON, List.of());
  }
}
