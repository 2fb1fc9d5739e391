package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.copy.EngineKind;

/**
 * How long copying and verifying will take. Nothing is written to find out: the rate of one session
 * that reads is measured, the rest is experience (deploy/local, four lanes: a copy ran at 0.3 to
 * 0.7 of that rate).
 */
record Estimate(long seconds, String method) {
  private static final double COPY_SHARE_INSIDE = 0.5;
  private static final double COPY_SHARE_STREAM = 0.35;

  /** A sample of a few rows measures the round trip only. */
  private static final double FASTEST = 150_000;

  static Estimate of(Look look) {
    var sample = look.sample();
    var reading = Math.min(FASTEST, Math.max(1, sample.rowsPerSecond()));
    var share = look.engine() == EngineKind.INSERT_SELECT ? COPY_SHARE_INSIDE : COPY_SHARE_STREAM;
    var copying = reading * share;
    var limit = look.order().copy().maxRowsPerSecond();
    if (limit > 0) {
      copying = Math.min(copying, (double) limit);
    }
    return new Estimate(
        Math.round(Math.ceil((double) sample.rows() / copying + (double) sample.rows() / reading)),
        "%d rows read at %d/s by one session; copy taken at %d/s, verify at the reading rate; order of magnitude"
            .formatted(sample.looked(), Math.round(reading), Math.round(copying)));
  }
}
