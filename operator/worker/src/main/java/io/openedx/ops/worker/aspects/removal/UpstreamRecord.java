package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.UpstreamDrop;
import io.openedx.ops.catalog.removal.UpstreamPlan;
import java.util.List;

/**
 * What upstream's macro will take, written down before it runs.
 *
 * @param identity of the plan that is approved
 * @param dead what may go
 * @param saved what should stay
 */
record UpstreamRecord(String identity, List<UpstreamDrop> dead, List<Saved> saved) {
  UpstreamRecord {
    dead = List.copyOf(dead);
    saved = List.copyOf(saved);
  }

  static UpstreamRecord of(UpstreamPlan plan, List<Saved> saved) {
    return new UpstreamRecord(
        plan.identity(), plan.drops().stream().filter(each -> each.loss() == null).toList(), saved);
  }

  UpstreamRecord with(List<Saved> now) {
    return new UpstreamRecord(identity, dead, now);
  }

  String hash() {
    return DropPlan.hash(identity);
  }

  /** Whether it was written down that this goes, and whether it is missed. */
  boolean foresaw(UpstreamDrop drop) {
    return saved.stream().anyMatch(each -> each.name().equals(drop.name()))
        || (drop.loss() == null && dead.stream().anyMatch(each -> each.name().equals(drop.name())));
  }
}
