package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.controller.run.Undone;
import io.openedx.ops.controller.site.Site;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which proofs of a migration hold no more. A proof names the fingerprint of the site that it was
 * given for.
 *
 * @param last the last step that the spec asks for
 * @param handOver whether settings lie over the site's own that are to go: no proof holds under
 *     them
 */
record SiteProofs(Site site, List<StepStatus> steps, CsmhSteps last, boolean handOver) {
  private static final String CHANGED =
      "A workload of the site has changed since this was proven of all of them. It is proven again before the run goes on.";

  private static final String CHANGED_LATER =
      "A workload of the site has changed since the run was over. Whether it still has what the history needs is looked at again.";

  private static final String HANDED_OVER =
      "spec.site.mode is External, but settings are laid over the site's own. The site is looked at as it would be without them; once its own suffice, they are taken away.";

  private static final String GOES_ON =
      "spec.until was moved, so the run goes on; the site is looked at again at its end.";

  private static final String READ_AGAIN =
      "spec.until was moved back before this step: the site is to read both tables again.";

  private static final String WRITTEN_AGAIN =
      "spec.until was moved back before this step: the site is to write to the old table again.";

  private static final String GROWN =
      "Rows came into the old table after its ids were fixed: somebody wrote there meanwhile. The new rows are copied, then all is compared again; where the site reads the new table alone, learners do not see them until then.";

  /** What must be done again; empty where all holds. */
  Optional<Undone> undone() {
    if (site.workloads().isEmpty()) {
      return Optional.empty();
    }
    return rolledBack().or(this::outdated).or(this::grown).or(this::changed);
  }

  /**
   * Reads may be given back to both tables as long as the old one has its rows, and so may writes:
   * the step that was to bring about either is undone with all that it was for.
   */
  private Optional<Undone> rolledBack() {
    if (begun(CsmhSteps.DRAIN)) {
      return Optional.empty();
    }
    if (last.compareTo(CsmhSteps.ENABLE_WRITES) < 0) {
      return undone(CsmhSteps.ENABLE_WRITES, WRITTEN_AGAIN);
    }
    return last.compareTo(CsmhSteps.DISABLE_OLD_READS) < 0 && succeeded(CsmhSteps.DISABLE_OLD_READS)
        ? undone(CsmhSteps.DISABLE_OLD_READS, READ_AGAIN)
        : Optional.empty();
  }

  private Optional<Undone> undone(CsmhSteps from, String why) {
    var names =
        Arrays.stream(CsmhSteps.values())
            .filter(step -> step.compareTo(from) >= 0 && !step.ofRollback())
            .filter(this::holdsOrRuns)
            .map(CsmhSteps::title)
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(new Undone(names, "RolledBack", why));
  }

  /** What was the end is not any more. */
  private Optional<Undone> outdated() {
    return succeeded(CsmhSteps.WATCH_SITE) && before(each -> each.state() == StepState.PENDING)
        ? Optional.of(new Undone(List.of(CsmhSteps.WATCH_SITE.title()), "GoesOn", GOES_ON))
        : Optional.empty();
  }

  private Optional<Undone> changed() {
    if (!before(each -> !over(each))) {
      return succeeded(CsmhSteps.WATCH_SITE) && !proven(CsmhSteps.WATCH_SITE)
          ? Optional.of(doubted(CsmhSteps.WATCH_SITE, CHANGED_LATER))
          : Optional.empty();
    }
    return begun(CsmhSteps.DRAIN)
        ? Optional.empty()
        : doubtful().map(step -> doubted(step, CHANGED));
  }

  private Undone doubted(CsmhSteps step, String changed) {
    return handOver
        ? new Undone(List.of(step.title()), "HandOver", HANDED_OVER)
        : new Undone(List.of(step.title()), "SiteChanged", changed);
  }

  /** The proof that has to hold now and was given for another site. */
  private Optional<CsmhSteps> doubtful() {
    if (succeeded(CsmhSteps.DISABLE_OLD_READS)) {
      return proven(CsmhSteps.DISABLE_OLD_READS)
          ? Optional.empty()
          : Optional.of(CsmhSteps.DISABLE_OLD_READS);
    }
    return toChange()
            || !succeeded(CsmhSteps.ENABLE_WRITES)
            || proven(CsmhSteps.ENABLE_WRITES)
            || proven(CsmhSteps.SAMPLE_READS)
        ? Optional.empty()
        : Optional.of(CsmhSteps.ENABLE_WRITES);
  }

  /** Its gate was passed: from here on the site is to leave the old table unread. */
  private boolean toChange() {
    return switch (find(CsmhSteps.DISABLE_OLD_READS).state()) {
      case RUNNING, SUCCEEDED, FAILED -> true;
      case PENDING -> succeeded(CsmhSteps.SAMPLE_READS);
      case WAITING, SKIPPED -> false;
    };
  }

  /**
   * A look at the site found rows in the old table that were not there before it: ids above those
   * that were frozen, or any at all once it was drained, as a table that was emptied may number
   * anew. A look that was made earlier tells nothing: a learner may have deleted the newest row
   * since. While rows are being removed, the drain itself watches for it.
   */
  private Optional<Undone> grown() {
    var frozen = find(CsmhSteps.FREEZE).evidence().get("maxId");
    var drained = succeeded(CsmhSteps.DRAIN);
    if (!succeeded(CsmhSteps.FREEZE) || frozen == null || (begun(CsmhSteps.DRAIN) && !drained)) {
      return Optional.empty();
    }
    var since = find(drained ? CsmhSteps.DRAIN : CsmhSteps.FREEZE).completionTime();
    var known = drained ? 0 : Long.parseLong(frozen);
    return since != null && seenSince(since).anyMatch(id -> id > known)
        ? Optional.of(new Undone(again(), "OldTableGrew", GROWN))
        : Optional.empty();
  }

  /** The highest ids that looks at the site have found in the old table after this. */
  private Stream<Long> seenSince(Instant since) {
    return Stream.of(CsmhSteps.ENABLE_WRITES, CsmhSteps.DISABLE_OLD_READS, CsmhSteps.WATCH_SITE)
        .map(this::find)
        .filter(look -> look.completionTime() != null && look.completionTime().isAfter(since))
        .map(look -> look.evidence().get(SiteFinding.MAX_OLD_ID))
        .filter(Objects::nonNull)
        .map(Long::valueOf);
  }

  private List<String> again() {
    return Arrays.stream(CsmhSteps.values())
        .filter(step -> step.compareTo(CsmhSteps.FREEZE) >= 0)
        .filter(this::succeeded)
        .map(CsmhSteps::title)
        .toList();
  }

  /** Whether any step before the last look is like this. */
  private boolean before(Predicate<StepStatus> like) {
    return steps.stream()
        .filter(each -> !each.name().equals(CsmhSteps.WATCH_SITE.title()))
        .anyMatch(like);
  }

  private static boolean over(StepStatus step) {
    return step.state() == StepState.SUCCEEDED || step.state() == StepState.SKIPPED;
  }

  private boolean holdsOrRuns(CsmhSteps step) {
    return switch (find(step).state()) {
      case RUNNING, SUCCEEDED, FAILED -> true;
      case PENDING, WAITING, SKIPPED -> false;
    };
  }

  private boolean begun(CsmhSteps step) {
    return holdsOrRuns(step) || find(step).attempt() > 0;
  }

  private boolean proven(CsmhSteps step) {
    return !handOver
        && succeeded(step)
        && Objects.equals(find(step).evidence().get(SiteFinding.FINGERPRINT), site.fingerprint());
  }

  private boolean succeeded(CsmhSteps step) {
    return find(step).state() == StepState.SUCCEEDED;
  }

  private StepStatus find(CsmhSteps step) {
    return CsmhSteps.find(steps, step);
  }
}
