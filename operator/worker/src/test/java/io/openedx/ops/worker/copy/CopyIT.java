package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows arrive once and byte for byte, within one server and between two. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyIT {
  private MySqlServer one;
  private MySqlServer two;

  @BeforeAll
  void servers(
      @MySqlServers.Named("one") MySqlServer first, @MySqlServers.Named("two") MySqlServer second) {
    one = first;
    two = second;
  }

  private Stream<MySqlServer> targets() {
    return Stream.of(one, two);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void oddRowsArriveByteForByte(MySqlServer target) throws Exception {
    var site = new Tables(one, target);
    OddRows.utf8mb4(site, true);
    copied(site);
  }

  @Test
  void theServersOwnModesChangeNothing(
      @MySqlServers.Named(value = "modes", flags = "--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES")
          MySqlServer modes)
      throws Exception {
    var site = new Tables(one, modes);
    OddRows.utf8mb4(site, true);
    copied(site);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void latin1AndSecondsArriveAsTheyRead(MySqlServer target) throws Exception {
    var site = new Tables(one, target, "latin1", "datetime");
    OddRows.latin1(site);
    copied(site);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void manyRowsAreSharedByLanesAndPods(MySqlServer target) throws Exception {
    var site =
        new Tables(one, target)
            .rows(1, 60_000, 1, 300)
            .rows(900_000, 2_000_000_000, 40_000_000, 300);
    site.copy = new CsmhOrder.Copy(2, 2, 0, 0, 0, List.of());
    site.freeze();
    var other = new java.util.concurrent.FutureTask<>(() -> new CopyTask().run(site.context(1)));
    new Thread(other).start();
    var result = new CopyTask().run(site.context(0));
    other.get();
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
    assertThat(result.evidence())
        .containsEntry("rows", site.source.query("SELECT COUNT(*) FROM " + site.old));
    assertThat(site.said).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void rowsThatAreThereAlreadyAreKept(MySqlServer target) throws Exception {
    var site = new Tables(one, target).rows(1, 5_000, 1, 100);
    copied(site);
    target.execute(
        "DELETE FROM " + site.fresh + " WHERE id % 3 = 0",
        "UPDATE " + site.control("range") + " SET next_id = lo");
    new CopyTask().run(site.context(0));
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anIdTakenByAnotherRowStopsTheCopy(MySqlServer target) throws Exception {
    var site =
        new Tables(one, target).rows(1, 5_000, 1, 100).freeze().liveRows(77, 1).liveRows(4_999, 1);
    assertThatThrownBy(() -> new CopyTask().run(site.context(0)))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
              assertThat(e.reason()).isEqualTo("IdCollision");
              assertThat(e.getMessage()).contains("77");
            });
    assertThat(
            target.query("SELECT COUNT(*) FROM " + site.fresh + " WHERE id = 77 AND state IS NULL"))
        .isEqualTo("1");
  }

  @Test
  void aRowAfterTheFreezeStopsTheCopy() throws Exception {
    var site = new Tables(one, one).rows(1, 100, 1, 100).freeze().rows(101, 102, 1, 100);
    assertThatThrownBy(() -> new CopyTask().run(site.context(0)))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("OldTableGrew");
              assertThat(e.getMessage()).contains("101, 102");
            });
  }

  @Test
  void anEmptyTableIsCopiedAtOnce() throws Exception {
    var site = new Tables(one, two).freeze();
    assertThat(new CopyTask().run(site.context(0)).evidence()).containsEntry("ranges", "0");
  }

  @Test
  void aSpeedLimitIsKept() throws Exception {
    var site = new Tables(one, one).rows(1, 3_000, 1, 50);
    site.copy = new CsmhOrder.Copy(1, 2, 1_000, 0, 0, List.of());
    site.freeze();
    var began = System.nanoTime();
    new CopyTask().run(site.context(0));
    assertThat((System.nanoTime() - began) / 1e9).isBetween(1.0, 8.0);
  }

  private static void copied(Tables site) throws Exception {
    site.freeze();
    new CopyTask().run(site.context(0));
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
  }
}
