package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.CsmhOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final Throttle throttle =
      new Throttle(new CsmhOrder.Copy(1, 4, 0, 32), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void aBusySourceHoldsNobodyWhoReadsItsReplica() {
    throttle.sampled(33, 0);
    assertThat(throttle.holds(ReadFrom.REPLICA)).isFalse();
    assertThat(throttle.note()).isEmpty();
    assertThat(throttle.holds(ReadFrom.SOURCE)).isTrue();
    assertThat(throttle.note()).isEqualTo("waiting: 33 threads of others run, limit 32");
  }

  @Test
  void aBusyTargetHoldsAll() {
    throttle.sampled(0, 33);
    assertThat(throttle.holds(ReadFrom.REPLICA)).isTrue();
    assertThat(throttle.holds(ReadFrom.SOURCE)).isTrue();
  }
}
