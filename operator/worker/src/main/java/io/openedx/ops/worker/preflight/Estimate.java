package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.copy.EngineKind;

/**
 * How long copying and verifying will take. Nothing is written to find out: the rate of one session
 * that reads is measured, the rest is experience with four lanes: a copy ran at 0.3 to 0.7 of that
 * rate (deploy/local), and each of the two comparisons, Reconcile and Verify, took 0.2 to 0.5 of
 * the copy's time (CopyBench, 300,000 rows, two cores with other work to do).
 */
record Estimate(long seconds, String method) {
  private static final double COPY_SHARE_INSIDE = 0.5;
  private static final double COPY_SHARE_STREAM = 0.35;

  /** Three times as fast as a copy inside one server that nobody throttles. */
  private static final double COMPARE_SHARE = 3 * COPY_SHARE_INSIDE;

  /** Reconcile and Verify. */
  private static final int COMPARISONS = 2;

  /** A sample of a few rows measures the round trip only. */
  private static final double FASTEST = 150_000;

  static Estimate of(Look look) {
    var sample = look.sample();
    var reading = Math.min(FASTEST, Math.max(1, sample.rowsPerSecond()));
    var share =
        look.mainEngine() == EngineKind.INSERT_SELECT ? COPY_SHARE_INSIDE : COPY_SHARE_STREAM;
    var copying = reading * share;
    var limit = look.order().copy().maxRowsPerSecond();
    if (limit > 0) {
      copying = Math.min(copying, (double) limit);
    }
    var comparing = reading * COMPARE_SHARE;
    var rows = (double) sample.rows();
    return new Estimate(
        Math.round(Math.ceil(rows / copying + COMPARISONS * rows / comparing)),
        "%d rows read at %d/s by one session; copy taken at %d/s, two comparisons at %d/s; order of magnitude"
            .formatted(
                sample.looked(), Math.round(reading), Math.round(copying), Math.round(comparing)));
  }
}
