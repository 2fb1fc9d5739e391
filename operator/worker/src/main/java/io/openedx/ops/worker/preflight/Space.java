package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** How much room the copy takes. SQL does not tell how much there is, so a human must compare. */
final class Space implements Check {
  private static final long MIB = 1L << 20;

  /** Bytes from which on a human is asked to compare with the volume. */
  static final long WORTH_A_LOOK = 1024 * MIB;

  private static final String MESSAGE =
      "%s: the copy takes about %d MiB (the old table's %d MiB and a fifth), its binary log another %d MiB until it is purged. MySQL does not tell free space: compare with the volume.%s";

  @Override
  public List<Finding> findings(Look look) {
    var label = look.target().label();
    var table = look.old().dataBytes() + look.old().indexBytes();
    var needed = table + table / 5;
    var binlog = look.target().on("log_bin") ? look.old().dataBytes() : 0;
    var same = look.sameServer() ? " The old table stays beside it until it is drained." : "";
    var figures =
        new Object[] {label, mebibytes(needed), mebibytes(table), mebibytes(binlog), same};
    return List.of(
        needed + binlog < WORTH_A_LOOK
            ? Found.ok("Space", MESSAGE, figures)
            : Found.risk("Space", MESSAGE, figures));
  }

  static long mebibytes(long bytes) {
    return bytes / MIB;
  }
}
