package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.task.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Holds all lanes of this pod back: by a speed limit, and while a server is busy with others. A
 * busy source is none of the business of a lane that reads from its replica, which serves nobody
 * else.
 */
final class Throttle {
  private static final Duration NAP = Duration.ofMillis(200);

  /** A lane that waits says so again after each nap. */
  private static final Duration SAID_FOR = Duration.ofSeconds(1);

  /** A look at the servers that is older says nothing about now. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private final CsmhOrder.Copy limits;
  private final Clock clock;
  private Instant paidUntil;
  private Instant looked;
  private long foreignOnSource;
  private long foreignOnTarget;
  private Instant waited;
  private String why = "";

  Throttle(CsmhOrder.Copy limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.paidUntil = clock.instant();
    this.looked = Instant.EPOCH;
    this.waited = Instant.EPOCH;
  }

  /** Waits until the next chunk may begin. */
  void await(Lanes lanes, ReadFrom from) {
    while (holds(from)) {
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

  /** What the servers run besides us. */
  synchronized void sampled(long onSource, long onTarget) {
    foreignOnSource = onSource;
    foreignOnTarget = onTarget;
    looked = clock.instant();
  }

  /** Why lanes wait now; empty if none does. */
  synchronized String note() {
    return Duration.between(waited, clock.instant()).compareTo(SAID_FOR) > 0 ? "" : why;
  }

  synchronized boolean holds(ReadFrom from) {
    var now = clock.instant();
    var reason = reason(from, now);
    if (reason.isEmpty()) {
      return false;
    }
    why = reason;
    waited = now;
    return true;
  }

  private String reason(ReadFrom from, Instant now) {
    if (limits.maxThreadsRunning() > 0) {
      if (Duration.between(looked, now).compareTo(STALE_AFTER) > 0) {
        return "waiting: Threads_running could not be read for 5 s";
      }
      var foreign =
          switch (from) {
            case SOURCE -> Math.max(foreignOnSource, foreignOnTarget);
            case REPLICA -> foreignOnTarget;
          };
      if (foreign > limits.maxThreadsRunning()) {
        return "waiting: %d threads of others run, limit %d"
            .formatted(foreign, limits.maxThreadsRunning());
      }
    }
    return paidUntil.isAfter(now) ? "slowed to %d rows/s".formatted(limits.maxRowsPerSecond()) : "";
  }

  private long share() {
    var total = limits.maxRowsPerSecond();
    return total <= 0 ? 0 : Math.max(1, total / Math.max(1, limits.workers()));
  }
}
