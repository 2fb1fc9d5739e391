package io.openedx.ops.worker.copy;

import java.time.Duration;

/**
 * How many rows the next chunk takes, from how the last one went. Bytes keep transactions, binlog
 * events and replicas calm; time keeps locks and redone work short. Slow to grow, quick to shrink.
 */
public record Servo(int rows) {
  static final long TARGET_BYTES = 16L << 20;
  static final Duration TARGET_TIME = Duration.ofSeconds(1);
  static final int MOST_ROWS = 100_000;
  private static final int FIRST_ROWS = 2_000;
  private static final double GROWTH = 1.5;
  private static final double OVERSHOOT = 5;

  /** Where every range begins. */
  public static Servo start() {
    return new Servo(FIRST_ROWS);
  }

  /** After a chunk of these rows and bytes took so long. */
  public Servo after(long chunkRows, long bytes, Duration took) {
    var load =
        Math.max((double) bytes / TARGET_BYTES, (double) took.toNanos() / TARGET_TIME.toNanos());
    if (load > OVERSHOOT) {
      return of(chunkRows / 10.0);
    }
    if (load > 1) {
      return of(chunkRows / load);
    }
    // A chunk that was smaller than asked for says less about a full one. Rounded up: half of one
    // row more would be one row for ever.
    return of(Math.min(Math.ceil(rows * GROWTH), Math.max(rows, chunkRows / Math.max(load, 1e-6))));
  }

  private static Servo of(double rows) {
    return new Servo((int) Math.max(1, Math.min(MOST_ROWS, rows)));
  }
}
