package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.run.Undone;
import io.openedx.ops.controller.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a migration waits for at the site, and which of its proofs end with a change there. A proof
 * names the fingerprint of the site that it was given for.
 */
final class SiteWatch {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Settings may change where no template does: then nothing tells but another look. */
  private static final Duration ANOTHER_LOOK = Duration.ofMinutes(10);

  private static final String CHANGED =
      "A workload of the site has changed since this was proven of all of them. It is proven again before the run goes on.";

  private static final String GROWN =
      "Rows came into the old table after its ids were fixed: somebody wrote there meanwhile. The new rows are copied, then all is compared again.";

  private final Site site;
  private final Map<String, String> selector;
  private final String documents;
  private final Optional<SiteOverlay> overlay;

  /**
   * @param documents the ConfigMap that says what the site must make its own
   * @param overlay where the operator gives the site its settings
   */
  SiteWatch(
      Site site, Map<String, String> selector, String documents, Optional<SiteOverlay> overlay) {
    this.site = site;
    this.selector = selector;
    this.documents = documents;
    this.overlay = overlay;
  }

  Optional<Hold> hold(StepStatus next, Instant now) {
    var step = CsmhSteps.of(next.name());
    if (!step.asksTheSite()) {
      return Optional.empty();
    }
    if (site.lms().isEmpty()) {
      return Optional.of(waiting(next, nobody()));
    }
    return switch (step) {
      case ENABLE_WRITES, SAMPLE_READS ->
          laidOver(true).or(() -> notReady(next, now)).or(() -> unsettled(next));
      case DISABLE_OLD_READS ->
          laidOver(false).or(() -> notReady(next, now)).or(() -> unsettled(next));
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
            && SiteFinding.NOT_READY.equals(next.reason())
            && site.fingerprint().equals(next.evidence().get(SiteFinding.FINGERPRINT))
            && now.isBefore(ended.plus(ANOTHER_LOOK))
        ? Optional.of(
            waiting(
                next,
                "%s What to change stands in ConfigMap %s. The site is looked at again when one of its workloads changes."
                    .formatted(next.message(), documents)))
        : Optional.empty();
  }

  private static Hold waiting(StepStatus next, String why) {
    return new Hold(next.name() + " waits for the site: " + why, SOON, List.of());
  }

  /** What must be proven again since the site has changed. */
  Optional<Undone> undone(List<StepStatus> steps) {
    if (site.workloads().isEmpty() || begun(steps, CsmhSteps.DRAIN)) {
      return Optional.empty();
    }
    return doubtful(steps)
        .map(step -> new Undone(List.of(step.title()), "SiteChanged", CHANGED))
        .or(() -> grown(steps));
  }

  /** The proof that has to hold now and was given for another site. */
  private Optional<CsmhSteps> doubtful(List<StepStatus> steps) {
    if (succeeded(steps, CsmhSteps.DISABLE_OLD_READS)) {
      return proven(steps, CsmhSteps.DISABLE_OLD_READS)
          ? Optional.empty()
          : Optional.of(CsmhSteps.DISABLE_OLD_READS);
    }
    return toChange(steps)
            || !succeeded(steps, CsmhSteps.ENABLE_WRITES)
            || proven(steps, CsmhSteps.ENABLE_WRITES)
            || proven(steps, CsmhSteps.SAMPLE_READS)
        ? Optional.empty()
        : Optional.of(CsmhSteps.ENABLE_WRITES);
  }

  /** Its gate was passed: from here on the site is to leave the old table unread. */
  private static boolean toChange(List<StepStatus> steps) {
    return switch (find(steps, CsmhSteps.DISABLE_OLD_READS).state()) {
      case RUNNING, SUCCEEDED, FAILED -> true;
      case PENDING -> succeeded(steps, CsmhSteps.SAMPLE_READS);
      case WAITING, SKIPPED -> false;
    };
  }

  /**
   * A look at the site found higher ids than those that were frozen before it. One that was made
   * earlier tells nothing: a learner may have deleted the newest row since.
   */
  private static Optional<Undone> grown(List<StepStatus> steps) {
    var freeze = find(steps, CsmhSteps.FREEZE);
    var frozen = freeze.evidence().get("maxId");
    var since = freeze.completionTime();
    if (freeze.state() != StepState.SUCCEEDED || frozen == null || since == null) {
      return Optional.empty();
    }
    var grown =
        Stream.of(CsmhSteps.ENABLE_WRITES, CsmhSteps.DISABLE_OLD_READS)
            .map(step -> find(steps, step))
            .filter(look -> look.completionTime() != null && look.completionTime().isAfter(since))
            .map(look -> look.evidence().get(SiteFinding.MAX_OLD_ID))
            .filter(Objects::nonNull)
            .anyMatch(seen -> Long.parseLong(seen) > Long.parseLong(frozen));
    return grown ? Optional.of(new Undone(again(steps), "OldTableGrew", GROWN)) : Optional.empty();
  }

  private static List<String> again(List<StepStatus> steps) {
    return Arrays.stream(CsmhSteps.values())
        .filter(
            step ->
                step.compareTo(CsmhSteps.FREEZE) >= 0
                    && step.compareTo(CsmhSteps.DISABLE_OLD_READS) <= 0)
        .filter(step -> succeeded(steps, step))
        .map(CsmhSteps::title)
        .toList();
  }

  private static boolean begun(List<StepStatus> steps, CsmhSteps step) {
    return switch (find(steps, step).state()) {
      case RUNNING, SUCCEEDED, FAILED -> true;
      case PENDING, WAITING, SKIPPED -> find(steps, step).attempt() > 0;
    };
  }

  private boolean proven(List<StepStatus> steps, CsmhSteps step) {
    return succeeded(steps, step)
        && Objects.equals(
            find(steps, step).evidence().get(SiteFinding.FINGERPRINT), site.fingerprint());
  }

  private static boolean succeeded(List<StepStatus> steps, CsmhSteps step) {
    return find(steps, step).state() == StepState.SUCCEEDED;
  }

  private static StepStatus find(List<StepStatus> steps, CsmhSteps step) {
    return steps.stream()
        .filter(each -> each.name().equals(step.title()))
        .findFirst()
        .orElseGet(() -> StepStatus.pending(step.title()));
  }
}
