package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.task.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Holds all lanes of this pod back: by a speed limit, and while a server is busy with others. */
final class Throttle {
  private static final Duration NAP = Duration.ofMillis(200);

  /** A look at the servers that is older says nothing about now. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private final CsmhOrder.Copy limits;
  private final Clock clock;
  private Instant paidUntil;
  private Instant looked;
  private long foreignThreads;

  Throttle(CsmhOrder.Copy limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.paidUntil = clock.instant();
    this.looked = Instant.EPOCH;
  }

  /** Waits until the next chunk may begin. */
  void await(Lanes lanes) {
    while (!note().isEmpty()) {
      lanes.pause(NAP);
    }
  }

  /** How many rows a chunk may hold, so that a low limit does not come in gulps. */
  int bounded(int rows) {
    var share = share();
    return share == 0 ? rows : (int) Math.max(1, Math.min(rows, share));
  }

  /** So many rows have been copied. */
  synchronized void spent(long rows) {
    if (share() > 0) {
      var now = clock.instant();
      var from = paidUntil.isBefore(now) ? now : paidUntil;
      paidUntil = from.plusNanos((long) (rows * 1e9 / share()));
    }
  }

  /** What the busiest of the servers runs besides us. */
  synchronized void sampled(long foreign) {
    foreignThreads = foreign;
    looked = clock.instant();
  }

  /** Why lanes wait now; empty if they do not. */
  synchronized String note() {
    var now = clock.instant();
    if (limits.maxThreadsRunning() > 0) {
      if (Duration.between(looked, now).compareTo(STALE_AFTER) > 0) {
        return "waiting: Threads_running could not be read for 5 s";
      }
      if (foreignThreads > limits.maxThreadsRunning()) {
        return "waiting: %d threads of others run, limit %d"
            .formatted(foreignThreads, limits.maxThreadsRunning());
      }
    }
    return paidUntil.isAfter(now) ? "slowed to %d rows/s".formatted(limits.maxRowsPerSecond()) : "";
  }

  private long share() {
    var total = limits.maxRowsPerSecond();
    return total <= 0 ? 0 : Math.max(1, total / Math.max(1, limits.workers()));
  }
}
