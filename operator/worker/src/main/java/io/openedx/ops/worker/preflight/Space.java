package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** How much room the copy takes. SQL does not tell how much there is, so a human must compare. */
final class Space implements Check {
  private static final long MIB = 1L << 20;
  private static final long WORTH_A_LOOK = 1024 * MIB;

  @Override
  public List<Finding> findings(Look look) {
    var table = look.old().dataBytes() + look.old().indexBytes();
    var needed = table + table / 5;
    var binlog = look.target().on("log_bin") ? look.old().dataBytes() : 0;
    var message =
        "%s: the copy takes about %d MiB (the old table's %d MiB and a fifth), its binary log another %d MiB until it is purged. MySQL does not tell free space: compare with the volume.%s";
    var same = look.sameServer() ? " The old table stays beside it until it is drained." : "";
    return List.of(
        needed + binlog < WORTH_A_LOOK
            ? Found.ok(
                "Space",
                message,
                look.target().label(),
                needed / MIB,
                table / MIB,
                binlog / MIB,
                same)
            : Found.risk(
                "Space",
                message,
                look.target().label(),
                needed / MIB,
                table / MIB,
                binlog / MIB,
                same));
  }
}
