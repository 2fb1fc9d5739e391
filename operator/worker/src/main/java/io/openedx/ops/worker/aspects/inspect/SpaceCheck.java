package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** A full refresh writes every view's table a second time before the first one goes. */
final class SpaceCheck implements Check {
  /** The server's own limit for DROP TABLE. */
  private static final long DROP_LIMIT = 50_000_000_000L;

  private static final long SPARE = 1L << 30;

  @Override
  public List<Finding> findings(Look look) {
    if (look.upgradeOrNull() == null || look.dataOrNull() == null) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    var rebuilt = Estimate.rebuilt(look);
    var largest = rebuilt.stream().mapToLong(Relation::bytes).max().orElse(0);
    var moved = MoveCheck.bytes(look);
    var needed = largest + moved + SPARE;
    look.data()
        .tightest()
        .ifPresent(
            disk ->
                findings.add(
                    disk.freeBytes() < needed
                        ? Acceptable.blocker(
                            look,
                            "LowDisk",
                            "%s has %s free, the largest table to rebuild takes %s and stands twice for a while%s. Make room, or grow the volume.",
                            look.server().label(),
                            Estimate.size(disk.freeBytes()),
                            Estimate.size(largest),
                            moved(moved))
                        : Found.ok(
                            "Space",
                            "%s has %s free; the largest table to rebuild takes %s%s.",
                            look.server().label(),
                            Estimate.size(disk.freeBytes()),
                            Estimate.size(largest),
                            moved(moved))));
    rebuilt.stream()
        .filter(each -> each.bytes() > DROP_LIMIT)
        .forEach(
            each ->
                findings.add(
                    Acceptable.blocker(
                        look,
                        "TableTooLargeToDrop",
                        "%s takes %s, and the server refuses to drop tables above 50 GB (max_table_size_to_drop): its rebuild would fail at the end. Raise the limit in the server's configuration (Tutor patch clickhouse-server-config).",
                        each.fullName(),
                        Estimate.size(each.bytes()))));
    return findings;
  }

  private static String moved(long bytes) {
    return bytes == 0
        ? ""
        : ", and the move to Vector writes %s of events a second time"
            .formatted(Estimate.size(bytes));
  }
}
