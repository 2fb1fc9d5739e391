package io.openedx.ops.worker.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Database SOURCE =
      new Database(
          Role.SOURCE,
          new Endpoint("mysql", 3306, "openedx", "Preferred"),
          new Credentials("u", "p"),
          Path.of("/nowhere"));

  private final Hands clock = new Hands();

  @Test
  void aBusySourceHoldsNobodyWhoReadsItsReplica() {
    var busy = busy(33, 0);
    var throttle = new Throttle(clock, busy);
    assertThat(throttle.hold(Burden.WRITING_FROM_REPLICA)).isEmpty();
    assertThat(throttle.note()).isEmpty();
    assertThat(throttle.hold(Burden.WRITING)).isPresent();
    assertThat(throttle.note())
        .isEqualTo("waiting: 33 threads of others run, limit 32 (spec.copy.maxThreadsRunning)");
    assertThat(throttle.givesWay()).isTrue();
  }

  @Test
  void aBusyTargetHoldsAll() {
    var throttle = new Throttle(clock, busy(0, 33));
    for (var burden : Burden.values()) {
      assertThat(throttle.hold(burden)).as("%s", burden).isPresent();
    }
  }

  @Test
  void asManyThreadsAsAllowedHoldNobody() {
    assertThat(new Throttle(clock, busy(32, 32)).hold(Burden.WRITING)).isEmpty();
  }

  @Test
  void aLookThatIsOldSaysNothing() {
    var throttle = new Throttle(clock, busy(0, 0));
    clock.pass(Duration.ofSeconds(5));
    assertThat(throttle.hold(Burden.READING)).isEmpty();
    clock.pass(Duration.ofMillis(1));
    assertThat(throttle.hold(Burden.READING)).isPresent();
    assertThat(throttle.note()).contains("source mysql:3306/openedx", "could not be read for 5 s");
    assertThat(throttle.givesWay()).as("nobody is at work there").isFalse();
  }

  @Test
  void nobodyGoesOnBeforeTheFirstLook() {
    var throttle = new Throttle(clock, new Busy(limits(1, 0, 32), 1, SOURCE, clock));
    assertThat(throttle.hold(Burden.READING)).isPresent();
    assertThat(throttle.note()).isEmpty();
    clock.pass(Duration.ofMillis(5_001));
    assertThat(throttle.hold(Burden.READING)).isPresent();
    assertThat(throttle.note()).contains("could not be read for 5 s");
  }

  @Test
  void aWaitIsSaidAsLongAsItLasts() {
    var throttle = new Throttle(clock, busy(33, 33));
    assertThat(throttle.hold(Burden.WRITING)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(throttle.note()).startsWith("waiting: 33");
    clock.pass(Duration.ofMillis(1));
    assertThat(throttle.note()).isEmpty();
    assertThat(throttle.givesWay()).isFalse();
  }

  @Test
  void whatWantsAHandIsSaidFirst() {
    var throttle =
        new Throttle(
            clock, always(Hold.busy("a")), always(Hold.fault("b")), always(Hold.paced("slowed")));
    assertThat(throttle.hold(Burden.WRITING)).contains(Hold.fault("b"));
    assertThat(throttle.note()).isEqualTo("waiting: b");
    assertThat(throttle.givesWay()).isFalse();
  }

  @Test
  void aPodTakesItsShareOfTheRows() {
    var pace = new Pace(limits(2, 1_000, 0), clock);
    var throttle = new Throttle(clock, pace);
    assertThat(pace.bounded(10_000)).isEqualTo(500);
    assertThat(throttle.hold(Burden.WRITING)).isEmpty();
    pace.spent(500);
    clock.pass(Duration.ofMillis(999));
    assertThat(throttle.hold(Burden.WRITING)).isPresent();
    assertThat(throttle.note()).isEqualTo("slowed to 1000 rows/s");
    clock.pass(Duration.ofMillis(1));
    assertThat(throttle.hold(Burden.WRITING)).isEmpty();
  }

  @Test
  void noLimitNoBrake() {
    var pace = new Pace(limits(1, 0, 0), clock);
    pace.spent(1_000_000);
    assertThat(pace.bounded(10_000)).isEqualTo(10_000);
    var off = new Busy(limits(1, 0, 0), 1, SOURCE, clock);
    assertThat(new Throttle(clock, pace, off).hold(Burden.WRITING)).isEmpty();
  }

  private Busy busy(long onSource, long onTarget) {
    var busy = new Busy(limits(1, 0, 32), 1, SOURCE, clock);
    busy.sampled(onSource, onTarget);
    return busy;
  }

  private static CsmhOrder.Copy limits(int workers, long rows, int threads) {
    return new CsmhOrder.Copy(workers, 4, rows, threads, 0, List.of());
  }

  private static Brake always(Hold hold) {
    return (burden, now) -> Optional.of(hold);
  }

  /** A clock that goes when it is told to. */
  private static final class Hands extends Clock {
    private Instant now = Instant.EPOCH.plusSeconds(60);

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
