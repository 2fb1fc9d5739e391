package io.openedx.ops.worker.task;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.SqlFailure;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How long all lanes of a task bear errors that may pass: until none of them has had success for a
 * minute. Then the pod ends and the controller starts another one, with its own delays.
 */
public final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LONGEST_PAUSE_MILLIS = 4_000;

  private final Clock clock;
  private final StopSignal stop;
  private final AtomicReference<@Nullable Instant> failingSince = new AtomicReference<>();

  public Patience(Clock clock, StopSignal stop) {
    this.clock = clock;
    this.stop = stop;
  }

  /** A lane has committed something. */
  public void succeeded() {
    failingSince.set(null);
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt how often this lane failed in a row, from 1
   * @throws TaskFailure if the error does not pass by itself, or patience is over
   */
  public void failed(SQLException e, int attempt, String doing) {
    if (SqlFailure.of(e).exitCode() != ExitCode.TRANSIENT) {
      throw TaskFailure.of(e, doing);
    }
    var now = clock.instant();
    failingSince.compareAndSet(null, now);
    var since = failingSince.get();
    if (since != null && Duration.between(since, now).compareTo(LIMIT) > 0) {
      throw TaskFailure.of(e, doing);
    }
    var pause = Math.min(LONGEST_PAUSE_MILLIS, 50L << Math.min(attempt, 10));
    stop.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause)));
  }
}
