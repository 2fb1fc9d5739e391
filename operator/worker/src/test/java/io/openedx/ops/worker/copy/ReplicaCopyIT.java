package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a severed replica lacks, or has too much of, the new table is what the source holds. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaCopyIT {
  private static final long MARGIN = 1_000;

  private MySqlServer one;
  private MySqlServer two;
  private MySqlServer third;

  @BeforeAll
  void servers(
      @MySqlServers.Named("one") MySqlServer first,
      @MySqlServers.Named("two") MySqlServer second,
      @MySqlServers.Named("third") MySqlServer other) {
    one = first;
    two = second;
    third = other;
  }

  /** Target, replica, and how rows come from the source and from the replica. */
  private Stream<Arguments> places() {
    return Stream.of(
        Arguments.of(two, two, "Stream", "InsertSelect"),
        Arguments.of(two, third, "Stream", "Stream"),
        Arguments.of(one, third, "InsertSelect", "Stream"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void whatWasMissedIsCarriedOver(
      MySqlServer target, MySqlServer replica, String engine, String replicaEngine)
      throws Exception {
    var site = new Tables(one, target).rows(1, 499, 1, 200).rows(700, 5_499, 1, 200);
    site.margin = MARGIN;
    site.rows(5_600, 6_000, 1, 200).severed(replica);
    // Committed late: some far below the replica's highest id, some in the margin; and new ones.
    site.rows(500, 699, 1, 200).rows(5_500, 5_599, 1, 200).rows(6_001, 8_000, 1, 200);
    one.execute(
        "UPDATE " + site.old + " SET state = CONCAT(state, ' later') WHERE id BETWEEN 10 AND 19",
        "UPDATE " + site.old + " SET state = REPEAT('é', 200000) WHERE id IN (600, 601)",
        "UPDATE " + site.old + " SET grade = -1 WHERE id BETWEEN 5700 AND 5709",
        "DELETE FROM " + site.old + " WHERE id BETWEEN 30 AND 34 OR id = 5800");
    site.freeze();

    var copied = new CopyTask().run(site.context(0));

    assertThat(copied.evidence())
        .containsEntry("engine", engine)
        .containsEntry("replicaEngine", replicaEngine)
        .containsEntry("replicaThrough", "5000");
    assertThat(copied.message()).contains("Those up to id 5000 were read from replica ");
    assertThat(copied(site, "id <= 5000 AND state NOT LIKE '% later'")).isEqualTo(4_800);
    assertThat(copied(site, "id > 5000")).isEqualTo(2_999);
    var evidence = new ReconcileTask().run(site.context(0)).evidence();
    assertThat(evidence)
        .containsEntry("inserted", "200")
        .containsEntry("changed", "10")
        .containsEntry("deleted", "5");
    equal(site);
    assertThat(replica.query("SELECT COUNT(*) FROM " + copyOf(site)))
        .as("the replica's rows stay")
        .isEqualTo("5700");
  }

  /** Its rows at that time: equal to the source's, to the replica's only, or not there. */
  @ParameterizedTest
  @MethodSource("places")
  void rowsThatAreThereAlreadyAreOursWhicheverTheyCameFrom(MySqlServer target, MySqlServer replica)
      throws Exception {
    var site = new Tables(one, target).rows(1, 3_000, 1, 100).severed(replica);
    site.margin = MARGIN;
    one.execute(
        "UPDATE " + site.old + " SET grade = -1 WHERE id IN (5, 6)",
        "DELETE FROM " + site.old + " WHERE id = 40");
    site.freeze();
    new CopyTask().run(site.context(0));
    target.execute(
        "UPDATE " + site.fresh + " SET grade = -1 WHERE id = 5",
        "DELETE FROM " + site.fresh + " WHERE id % 3 = 0",
        "UPDATE " + site.control("range") + " SET next_id = lo");

    new CopyTask().run(site.context(0));

    new ReconcileTask().run(site.context(0));
    equal(site);
  }

  @Test
  void anIdTakenByAnotherRowStopsTheCopy() throws Exception {
    var site = new Tables(one, two).rows(1, 3_000, 1, 100).severed(two).freeze();
    site.margin = MARGIN;
    site.planned().liveRows(77, 1);
    var failure = refusal(site);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(failure.getMessage()).contains("77");
  }

  /** What was deleted since the severing could not be told from the site's own rows. */
  @Test
  void aTableThatHeldRowsBeforeGetsAllFromTheSource() throws Exception {
    var site = new Tables(one, two).rows(1, 3_000, 1, 100).severed(two);
    site.margin = MARGIN;
    two.execute(
        ("INSERT INTO %s SELECT version, created, state, grade, max_grade, id, student_module_id"
                + " FROM %s WHERE id = 7")
            .formatted(site.fresh, copyOf(site)));
    one.execute("DELETE FROM " + site.old + " WHERE id = 40");
    site.freeze();
    var copied = new CopyTask().run(site.context(0));
    assertThat(copied.message()).contains("held rows of these ids before", "was not read");
    assertThat(copied.evidence()).doesNotContainKey("replicaEngine");
    equal(site);
  }

  @Test
  void theSourceIsNoReplicaOfItself() throws Exception {
    var site = new Tables(one, two).rows(1, 3_000, 1, 100).freeze();
    site.replica = one;
    site.replicaDatabase = site.oldDatabase;
    var failure = refusal(site);
    assertThat(failure.reason()).isEqualTo("ReplicaIsSource");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  /** Nothing is left to be read there: nobody needs it any more. */
  @Test
  void aReplicaThatIsGoneIsNotMissedOnceAllIsCopied() throws Exception {
    var site = new Tables(one, two).rows(1, 3_000, 1, 100).severed(third);
    site.margin = MARGIN;
    site.freeze();
    new CopyTask().run(site.context(0));
    third.execute("DROP DATABASE " + site.replicaDatabase);
    new CopyTask().run(site.context(0));
    equal(site);
  }

  @Test
  void rowsThatMoveInTheReplicaStopTheCopy() throws Exception {
    var site = new Tables(one, two).rows(1, 20_000, 1, 50).severed(third);
    site.margin = MARGIN;
    site.copy = new CsmhOrder.Copy(1, 2, 1_000, 0, 0, List.of());
    site.freeze();
    var copy = started(site);
    awaitRows(site, 100);
    third.execute(
        "INSERT INTO %s (created, student_module_id) VALUES (NOW(6), 1)".formatted(copyOf(site)));
    var failure =
        (TaskFailure) catchThrowableOfType(ExecutionException.class, copy::get).getCause();
    assertThat(failure.reason()).isEqualTo("ReplicaChanged");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.getMessage()).contains("are 1 to 20001 now", "No row is lost");
    // The way that the message names: a new run without the replica.
    site.replica = null;
    site.runUid = "run-2";
    site.copy = new CsmhOrder.Copy(1, 3, 0, 0, 0, List.of());
    new CopyTask().run(site.context(0));
    equal(site);
  }

  @ParameterizedTest
  @MethodSource("places")
  void aStoppedPodGivesItsRangesBackAndTheNextGoesOn(MySqlServer target, MySqlServer replica)
      throws Exception {
    var site = new Tables(one, target).rows(1, 20_000, 1, 600).severed(replica);
    site.margin = MARGIN;
    one.execute("DELETE FROM " + site.old + " WHERE id % 1000 = 3");
    site.copy = new CsmhOrder.Copy(1, 2, 4_000, 0, 0, List.of());
    site.freeze();
    var copy = started(site);
    awaitRows(site, 2_000);
    site.stop.stop();
    assertThat(catchThrowableOfType(ExecutionException.class, copy::get)).isNotNull();
    assertThat(copied(site, "TRUE")).isLessThan(19_000);
    site.stop = new StopSignal();
    site.copy = new CsmhOrder.Copy(1, 3, 0, 0, 0, List.of());
    new CopyTask().run(site.context(1));
    assertThat(new ReconcileTask().run(site.context(0)).evidence()).containsEntry("deleted", "19");
    equal(site);
  }

  @Test
  void theReplicaIsKilledAndComesBack(@MySqlServers.Named("killed-replica") MySqlServer killed)
      throws Exception {
    var site = new Tables(one, two).rows(1, 20_000, 1, 600).severed(killed);
    site.margin = MARGIN;
    site.copy = new CsmhOrder.Copy(1, 2, 4_000, 0, 0, List.of());
    site.freeze();
    var copy = started(site);
    awaitRows(site, 2_000);
    killed.kill();
    killed.start();
    copy.get();
    equal(site);
  }

  private static FutureTask<TaskResult> started(Tables site) {
    var context = site.context(0);
    var copy = new FutureTask<>(() -> new CopyTask().run(context));
    new Thread(copy, "copy-under-test").start();
    return copy;
  }

  private static TaskFailure refusal(Tables site) {
    return catchThrowableOfType(TaskFailure.class, () -> new CopyTask().run(site.context(0)));
  }

  private static void equal(Tables site) throws Exception {
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
    site.jobName += "'";
    new VerifyTask().run(site.context(0));
  }

  private static String copyOf(Tables site) {
    return site.replicaDatabase + ".courseware_studentmodulehistory";
  }

  private static long copied(Tables site, String where) {
    return Long.parseLong(
        site.target.query("SELECT COUNT(*) FROM " + site.fresh + " WHERE " + where));
  }

  private static void awaitRows(Tables site, long wanted) {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (copied(site, "TRUE") < wanted) {
      assertThat(Instant.now()).as("no rows arrive").isBefore(deadline);
    }
  }
}
