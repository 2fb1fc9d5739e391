package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.catalog.removal.UpstreamDrop;
import io.openedx.ops.catalog.removal.UpstreamPlan;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What upstream's macro will take, written down before it runs, and what it took though it lives:
 * whoever repairs it may die before it is told.
 *
 * @param identity of the plan that is approved
 * @param dead what may go
 * @param saved what should stay
 * @param remade what of that was made again so far
 */
record UpstreamRecord(
    String identity, List<UpstreamDrop> dead, List<Saved> saved, Set<TableName> remade) {
  UpstreamRecord {
    dead = List.copyOf(dead);
    saved = List.copyOf(saved);
    remade = Set.copyOf(remade);
  }

  static UpstreamRecord of(UpstreamPlan plan, List<Saved> saved) {
    return new UpstreamRecord(
        plan.identity(),
        plan.drops().stream().filter(each -> each.loss() == null).toList(),
        saved,
        Set.of());
  }

  UpstreamRecord with(List<Saved> now) {
    return new UpstreamRecord(identity, dead, now, remade);
  }

  UpstreamRecord remade(Collection<TableName> more) {
    var all = new TreeSet<>(remade);
    all.addAll(more);
    return new UpstreamRecord(identity, dead, saved, all);
  }

  /** Tables whose rows are gone. */
  List<Saved> emptied() {
    return saved.stream().filter(each -> remade.contains(each.name()) && each.holdsRows()).toList();
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
