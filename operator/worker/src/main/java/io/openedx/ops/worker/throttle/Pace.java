package io.openedx.ops.worker.throttle;

import io.openedx.ops.contract.CsmhOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** This pod's share of the rows per second that the order allows. */
public final class Pace implements Brake {
  private final long total;
  private final long share;
  private final Clock clock;
  private Instant paidUntil;

  public Pace(CsmhOrder.Copy limits, Clock clock) {
    this.total = limits.maxRowsPerSecond();
    this.share = total <= 0 ? 0 : Math.max(1, total / Math.max(1, limits.workers()));
    this.clock = clock;
    this.paidUntil = clock.instant();
  }

  /** How many rows a chunk may hold, so that a low limit does not come in gulps. */
  public int bounded(int rows) {
    return share == 0 ? rows : (int) Math.max(1, Math.min(rows, share));
  }

  /** So many rows have been copied. */
  public synchronized void spent(long rows) {
    if (share > 0) {
      var now = clock.instant();
      var from = paidUntil.isBefore(now) ? now : paidUntil;
      paidUntil = from.plusNanos((long) (rows * 1e9 / share));
    }
  }

  @Override
  public synchronized Optional<Hold> hold(Burden burden, Instant now) {
    return paidUntil.isAfter(now)
        ? Optional.of(Hold.paced("slowed to %d rows/s".formatted(total)))
        : Optional.empty();
  }
}
