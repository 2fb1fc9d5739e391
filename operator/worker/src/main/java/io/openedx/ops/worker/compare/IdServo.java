package io.openedx.ops.worker.compare;

import java.time.Duration;

/** How many ids the next comparison spans, from how long the last one took. */
record IdServo(long ids) {
  static final Duration TARGET = Duration.ofMillis(700);
  static final long MOST = 200_000;
  private static final long FIRST = 10_000;
  private static final double GROWTH = 2;
  private static final double OVERSHOOT = 5;

  static IdServo start() {
    return new IdServo(FIRST);
  }

  /** After so many ids took so long. */
  IdServo after(long span, Duration took) {
    var load = (double) took.toNanos() / (double) TARGET.toNanos();
    var grown = (double) ids * GROWTH;
    var wanted =
        load > OVERSHOOT
            ? (double) span / 10
            : Math.min(grown, (double) span / Math.max(load, 1e-6));
    // A short last span of a range says nothing against longer ones.
    var next = load <= 1 && span < ids ? Math.max((double) ids, wanted) : wanted;
    return new IdServo((long) Math.max(1, Math.min((double) MOST, next)));
  }
}
