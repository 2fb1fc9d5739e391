package io.openedx.ops.worker.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A smoothed speed: the last half minute counts most. */
public final class Rate {
  private static final double MEMORY_SECONDS = 30;

  private double perSecond;
  private double weight;
  private @Nullable Instant last;
  private long lastDone;

  /** Takes the count at a time; counts never go back. */
  public void at(Instant now, long done) {
    if (last != null) {
      var seconds = Duration.between(last, now).toNanos() / 1e9;
      if (seconds <= 0) {
        return;
      }
      var keep = Math.exp(-seconds / MEMORY_SECONDS);
      perSecond = perSecond * keep + (1 - keep) * Math.max(0, done - lastDone) / seconds;
      weight = weight * keep + (1 - keep);
    }
    last = now;
    lastDone = done;
  }

  /** Units per second; 0 until two counts are known. */
  public double perSecond() {
    return weight == 0 ? 0 : perSecond / weight;
  }

  /** When the rest will be done at this speed; null if nobody can say. */
  public @Nullable Instant eta(Instant now, long rest) {
    var rate = perSecond();
    return rate < 0.01 ? null : now.plusSeconds((long) Math.min(rest / rate, 1e9));
  }
}
