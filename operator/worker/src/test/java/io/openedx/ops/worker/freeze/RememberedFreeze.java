package io.openedx.ops.worker.freeze;

import java.util.Optional;

/** A record in memory. */
final class RememberedFreeze implements FreezeRecord {
  private Optional<Frozen> frozen = Optional.empty();

  @Override
  public void record(Frozen now) {
    frozen = Optional.of(now);
  }

  @Override
  public Optional<Frozen> recorded() {
    return frozen;
  }
}
