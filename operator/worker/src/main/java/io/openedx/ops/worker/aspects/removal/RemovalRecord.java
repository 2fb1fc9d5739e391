package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.catalog.removal.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be dropped and what was.
 *
 * @param drops in their order
 * @param dropped so far, by earlier plans of the run too
 */
record RemovalRecord(List<PlannedDrop> drops, List<Dropped> dropped) {
  /**
   * One of them is gone.
   *
   * @param how {@code dropped}, or {@code was gone} where nobody can say who dropped it
   * @param time when, in ISO 8601
   */
  record Dropped(TableName name, String uuid, String how, String time, long rows, long bytes) {
    boolean means(PlannedDrop drop) {
      return name.equals(drop.name()) && uuid.equals(drop.uuid());
    }
  }

  RemovalRecord {
    drops = List.copyOf(drops);
    dropped = List.copyOf(dropped);
  }

  static RemovalRecord of(DropPlan plan) {
    return new RemovalRecord(plan.drops(), List.of());
  }

  /** The same for a new plan. */
  RemovalRecord planned(DropPlan plan) {
    return new RemovalRecord(plan.drops(), dropped);
  }

  /** Of the very statements that will run: one that was changed since is not the approved one. */
  String hash() {
    return DropPlan.hash(drops);
  }

  /** Those that are not yet known to be gone. */
  List<PlannedDrop> left() {
    return drops.stream()
        .filter(each -> dropped.stream().noneMatch(gone -> gone.means(each)))
        .toList();
  }

  RemovalRecord with(Dropped gone) {
    var all = new ArrayList<>(dropped);
    all.add(gone);
    return new RemovalRecord(drops, all);
  }
}
