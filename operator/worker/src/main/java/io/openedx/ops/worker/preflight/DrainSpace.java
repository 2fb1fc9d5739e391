package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** How much room emptying the old table takes before it gives any back. */
final class DrainSpace implements Check {
  private static final String SLOW_DELETE =
      "%s: SlowDelete writes about %d MiB to the binary log until it is purged, and the file of the old table keeps its %d MiB: once the table is empty, OPTIMIZE TABLE gives them back (never TRUNCATE TABLE, after which it would number from 1 again). MySQL does not tell free space: compare with the volume.";

  private static final String TRUNCATE =
      "%s: Truncate gives the old table's %d MiB back at once and writes next to nothing to the binary log.";

  @Override
  public List<Finding> findings(Look look) {
    if (!look.drains()) {
      return List.of();
    }
    var old = look.old();
    var label = look.source().label();
    var file = Space.mebibytes(old.dataBytes() + old.indexBytes());
    if (look.order().drain().method().equals("Truncate")) {
      return List.of(Found.ok("DrainSpace", TRUNCATE, label, file));
    }
    var logged = logged(look.source()) ? old.dataBytes() : 0;
    return List.of(
        logged < Space.WORTH_A_LOOK
            ? Found.ok("DrainSpace", SLOW_DELETE, label, Space.mebibytes(logged), file)
            : Found.risk("DrainSpace", SLOW_DELETE, label, Space.mebibytes(logged), file));
  }

  /** Rows that go are logged whole, unless only their keys are asked for. */
  private static boolean logged(Server source) {
    return source.on("log_bin") && !source.variable("binlog_row_image").equals("MINIMAL");
  }
}
