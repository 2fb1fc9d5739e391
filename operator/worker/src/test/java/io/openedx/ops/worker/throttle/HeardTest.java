package io.openedx.ops.worker.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.replica.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a replica holds the lanes back, and what is said of it. */
class HeardTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Heard UNHEARD = new Heard("replica mysql-2:3306", NOON, null, "");

  @Test
  void nothingIsWrittenBeforeItsFirstWord() {
    assertThat(hold(UNHEARD, 5))
        .isEqualTo(Hold.busy("replica mysql-2:3306 has not said yet how far it is behind"));
  }

  @Test
  void upToTheLimitItHoldsNobody() {
    assertThat(UNHEARD.answered(NOON, behind(10L)).hold(10, NOON)).isEmpty();
    assertThat(hold(UNHEARD.answered(NOON, behind(11L)), 0))
        .isEqualTo(
            Hold.busy(
                "replica mysql-2:3306 is 11 s behind, limit 10 s (spec.copy.maxReplicaLagSeconds)"));
  }

  @Test
  void ofSeveralChannelsTheWorstCounts() {
    var sight = Sight.of(List.of(channel("Yes", "Yes", 0L), channel("Yes", "Yes", 99L)));
    assertThat(sight).isEqualTo(new Sight.Behind(99));
  }

  @Test
  void aWordCountsForFiveSeconds() {
    var heard = UNHEARD.answered(NOON, behind(0L)).silent("MySQL error 1045");
    assertThat(heard.hold(10, NOON.plusSeconds(5))).isEmpty();
    var hold = hold(heard, 6);
    assertThat(hold.kind()).isEqualTo(Hold.Kind.FAULT);
    assertThat(hold.why())
        .isEqualTo(
            "waiting: replica mysql-2:3306 has not said for 6 s how far it is behind (MySQL error"
                + " 1045). See that it runs and lets its user in, or take it out of"
                + " spec.copy.replicas, suspend and resume.");
    assertThat(heard.answered(NOON.plusSeconds(6), behind(1L)).hold(10, NOON.plusSeconds(6)))
        .isEmpty();
  }

  @Test
  void itsApplierIsStopped() {
    assertThat(broken(channel("Yes", "No", null)))
        .contains("its applier of mysql:3306 does not run (MySQL error 1062)", "START REPLICA");
  }

  @Test
  void itsReceiverIsStopped() {
    assertThat(broken(channel("No", "Yes", null)))
        .contains("its receiver of mysql:3306 does not run (MySQL error 2003)", "START REPLICA");
  }

  @Test
  void itsSourceIsAway() {
    assertThat(broken(channel("Connecting", "Yes", null)))
        .contains("does not reach mysql:3306 (MySQL error 2003)", "Last_IO_Error");
  }

  @Test
  void itFollowsNobodyAnyMore() {
    assertThat(broken()).contains("follows no server any more");
  }

  private static String broken(Channel... channels) {
    var hold = hold(UNHEARD.answered(NOON, Sight.of(List.of(channels))), 0);
    assertThat(hold.kind()).isEqualTo(Hold.Kind.FAULT);
    assertThat(hold.why())
        .startsWith("waiting: replica mysql-2:3306 ")
        .endsWith(", or take it out of spec.copy.replicas, suspend and resume.");
    return hold.why();
  }

  private static Hold hold(Heard heard, int secondsLater) {
    return heard.hold(10, NOON.plusSeconds(secondsLater)).orElseThrow();
  }

  private static Sight behind(long seconds) {
    return Sight.of(List.of(channel("Yes", "Yes", seconds)));
  }

  private static Channel channel(String receives, String applies, @Nullable Long behind) {
    return new Channel("mysql:3306", "uuid", receives, applies, behind, 0, 2003, 1062);
  }
}
