package io.openedx.ops.worker.aspects.site;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A time after which waiting is over. */
public record Deadline(Clock clock, Instant end) {
  public static Deadline in(Clock clock, long seconds) {
    return new Deadline(clock, clock.instant().plusSeconds(seconds));
  }

  public boolean passed() {
    return !clock.instant().isBefore(end);
  }

  public Duration left() {
    var left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
