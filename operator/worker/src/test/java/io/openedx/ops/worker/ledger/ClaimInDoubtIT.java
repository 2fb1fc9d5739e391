package io.openedx.ops.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server gave a lane a range, but the connection broke before the lane learned of it. */
@ExtendWith(MySqlServers.class)
class ClaimInDoubtIT {
  private Tables site;
  private Ledger ledger;

  @BeforeEach
  void frozen(@MySqlServers.Named("one") MySqlServer server) throws Exception {
    site = new Tables(server, server).rows(1, 1, 1, 10).rows(100_000, 100_000, 1, 10).freeze();
    ledger = Ledger.join(site.context(0));
  }

  /** The pulse renews the lease of what nobody works on: waiting for its end would be for ever. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Timeout(60)
  void aLaneWorksOnWhatItClaimedWithoutLearningOfIt(int commit) throws Exception {
    planned(4);
    var sessions = new AtomicInteger();
    var pulse = new Pulse(ledger);
    try (var beat = ledger.open()) {
      Lanes.run(
          "doubt",
          1,
          site.stop,
          lanes ->
              new RangeLoop(
                      ledger, Work.drain(), new Patience(Clock.systemUTC(), site.stop), "testing")
                  .run(
                      lanes,
                      () ->
                          new Draining(
                              sessions.getAndIncrement() == 0
                                  ? BreaksAtCommit.number(commit, ledger.open())
                                  : ledger.open())),
          () -> beaten(pulse, beat));
    }
    assertThat(sessions).hasValue(2);
    assertThat(
            site.target.query(
                "SELECT COUNT(*) FROM "
                    + site.control("range")
                    + " WHERE owner IS NOT NULL OR COALESCE(drained_to, lo) <= hi"))
        .isEqualTo("0");
  }

  @Test
  void aHalfIsFoundByTheLaneThatTookItAndByNoOther() throws Exception {
    planned(1);
    var lane = new Claims(ledger);
    var other = new Claims(ledger);
    try (var target = ledger.open()) {
      assertThat(other.claim(target, Work.copy())).isPresent();
      assertThatThrownBy(() -> lane.split(BreaksAtCommit.number(1, ledger.open()), 20_000))
          .isInstanceOf(SQLException.class);
      assertThat(new Claims(ledger).claim(target, Work.copy())).isEmpty();
      assertThat(lane.claim(target, Work.copy()).orElseThrow().lo()).isEqualTo(50_001);
    }
  }

  private void planned(int ranges) throws SQLException {
    try (var target = ledger.open()) {
      new Freezes(ledger).plan(target, ranges);
    }
  }

  private static void beaten(Pulse pulse, Connection target) {
    try {
      pulse.beat(target);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes no time over a range. */
  private final class Draining implements RangeLoop.Session {
    private final Connection target;

    Draining(Connection target) {
      this.target = target;
    }

    @Override
    public Connection target() {
      return target;
    }

    @Override
    public void work(Lanes lanes, Range range) throws SQLException {
      new Drained(ledger).keep(target, range, range.hi() + 1);
    }

    @Override
    public void close() {
      try {
        target.close();
      } catch (SQLException e) {
        // It broke, as it should.
      }
    }
  }
}
