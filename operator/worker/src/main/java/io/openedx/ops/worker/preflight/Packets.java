package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/**
 * The largest row passes through max_allowed_packet where it travels as a statement. Escaped, text
 * grows to at most twice its length.
 */
final class Packets implements Check {
  private static final long SPARE = 1L << 20;

  @Override
  public List<Finding> findings(Look look) {
    if (!look.streams()) {
      return List.of();
    }
    var target = look.target();
    var limit = target.number("max_allowed_packet");
    var largest = look.sample().largestState();
    var how =
        look.sample().exact()
            ? "the largest state is %d bytes".formatted(largest)
            : "the largest state among %d rows looked at is %d bytes; a larger one may exist, the copy stops at it with its id"
                .formatted(look.sample().looked(), largest);
    if (limit < largest + SPARE) {
      return List.of(
          Found.blocker(
              "PacketTooSmall",
              "%s: max_allowed_packet is %d, %s. Run: SET GLOBAL max_allowed_packet = %d, and put it into the server's configuration.",
              target.label(),
              limit,
              how,
              roundUp(2 * largest + SPARE)));
    }
    return List.of(
        limit < 2 * largest + SPARE
            ? Found.risk(
                "PacketTight",
                "%s: max_allowed_packet is %d, %s; written as text it may grow to twice that. Better: SET GLOBAL max_allowed_packet = %d.",
                target.label(),
                limit,
                how,
                roundUp(2 * largest + SPARE))
            : Found.ok("Packets", "%s: max_allowed_packet is %d; %s.", target.label(), limit, how));
  }

  /** To a power of two, as people write it. */
  private static long roundUp(long bytes) {
    return Long.highestOneBit(bytes) << 1;
  }
}
