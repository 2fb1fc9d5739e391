package io.openedx.ops.worker.drain;

import java.time.Duration;

/** How many rows the next delete takes: locks and undo stay small. */
record BatchServo(int rows) {
  static final Duration TARGET = Duration.ofMillis(700);
  static final int MOST = 5_000;
  private static final int FIRST = 500;

  static BatchServo start() {
    return new BatchServo(FIRST);
  }

  BatchServo after(Duration took) {
    var load = (double) took.toNanos() / (double) TARGET.toNanos();
    var factor = load > 5 ? 0.1 : Math.min(1.5, 1 / Math.max(load, 1e-6));
    // Rounded up where it grows: half of one row more would be one row for ever.
    var wanted = factor > 1 ? Math.ceil(rows * factor) : rows * factor;
    return new BatchServo((int) Math.max(1, Math.min(MOST, wanted)));
  }
}
