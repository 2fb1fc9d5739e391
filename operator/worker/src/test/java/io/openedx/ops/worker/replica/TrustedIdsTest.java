package io.openedx.ops.worker.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.row.IdSpan;
import org.junit.jupiter.api.Test;

class TrustedIdsTest {
  @Test
  void theNewestIdsAreNotTrusted() {
    var trusted = TrustedIds.of(new IdSpan(1, 1_000_000, false), 100_000);
    assertThat(trusted.has(900_000)).isTrue();
    assertThat(trusted.has(900_001)).isFalse();
  }

  @Test
  void aReplicaSmallerThanTheMarginIsNotReadAtAll() {
    assertThat(TrustedIds.of(new IdSpan(1, 500, false), 100_000).has(1)).isFalse();
  }

  @Test
  void anEmptyReplicaHasNothing() {
    assertThat(TrustedIds.of(new IdSpan(0, 0, true), 0).has(0)).isFalse();
  }
}
