package io.openedx.ops.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.freeze.FreezeTask;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only rows that the new table holds leave the old one. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainIT {
  private MySqlServer one;
  private MySqlServer two;

  @BeforeAll
  void servers(
      @MySqlServers.Named("one") MySqlServer first, @MySqlServers.Named("two") MySqlServer second) {
    one = first;
    two = second;
  }

  private Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(one, "SlowDelete"),
        Arguments.of(two, "SlowDelete"),
        Arguments.of(one, "Truncate"),
        Arguments.of(two, "Truncate"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theOldTableIsEmptyAndTheNewOneAsItWas(MySqlServer target, String method) throws Exception {
    var site = verified(new Tables(one, target).rows(1, 12_000, 1, 100), method);
    site.liveRows(60_000_000, 2);
    var before = site.dumpNew(Long.MAX_VALUE);
    var result = new DrainTask().run(site.context(0));
    assertThat(rows(site)).isEqualTo("0");
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(before);
    assertThat(result.evidence())
        .containsEntry("newRows", "12000")
        .containsEntry("verifiedRows", "12000");
    // Again, and the steps before it, once more: nothing of the new table goes.
    new CopyTask().run(site.context(0));
    new ReconcileTask().run(site.context(0));
    new VerifyTask().run(site.context(0));
    new DrainTask().run(site.context(0));
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(before);
  }

  /**
   * Learners' deletes come by the state, to whose rows an index leads, ours by the id. Where each
   * had what the other wants next, the server would choose the learner to fail: its transaction is
   * the smaller one.
   */
  @Test
  void aLearnersDeleteIsNeverTheVictim() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 3_000, 1, 100), "SlowDelete");
    try (var gate = two.connect();
        var learner = one.connect();
        var shut = gate.createStatement();
        var delete = learner.createStatement()) {
      // The drain holds its rows and cannot ask for their copies.
      shut.execute("LOCK TABLES %s WRITE".formatted(site.fresh));
      var drain = CompletableFuture.runAsync(() -> drain(site));
      awaitLocked(site, "RECORD", "GRANTED");
      learner.setAutoCommit(false);
      delete.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
      var deleted = CompletableFuture.supplyAsync(() -> deleted(delete, site, 1));
      awaitLocked(site, "RECORD", "WAITING");
      shut.execute("UNLOCK TABLES");

      assertThat(deleted.get(60, TimeUnit.SECONDS)).as("rows that the drain has left").isZero();
      learner.commit();
      drain.get(60, TimeUnit.SECONDS);
    }
    assertThat(rows(site)).isEqualTo("0");
  }

  private static void drain(Tables site) {
    try {
      new DrainTask().run(site.context(0));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int deleted(Statement statement, Tables site, long module) {
    try {
      return statement.executeUpdate(
          "DELETE FROM %s WHERE student_module_id = %d".formatted(site.old, module));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitLocked(Tables site, String type, String status) {
    var sql =
        "SELECT COUNT(*) FROM performance_schema.data_locks WHERE lock_type = '%s' AND lock_status = '%s' AND object_schema = '%s' AND object_name = '%s'"
            .formatted(type, status, site.oldDatabase, HistoryTable.OLD);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !site.source.query(sql).equals("0"));
  }

  /** Somebody has written with the old settings when all was over. */
  @ParameterizedTest
  @MethodSource("ways")
  void rowsThatCameAfterTheDrainFollowTheOthers(MySqlServer target, String method)
      throws Exception {
    var site = verified(new Tables(one, target).rows(1, 3_000, 1, 100), method);
    site.liveRows(60_000_000, 2);
    new DrainTask().run(site.context(0));
    var before = site.dumpNew(Long.MAX_VALUE);
    site.rows(3_001, 3_050, 1, 100);
    var late = site.dumpOld();

    new FreezeTask().run(site.context(0));
    new CopyTask().run(site.context(0));
    new ReconcileTask().run(site.context(0));
    new VerifyTask().run(site.context(0));
    assertThat(rows(site)).isEqualTo("50");
    new DrainTask().run(site.context(0));

    assertThat(rows(site)).isEqualTo("0");
    var after = site.dumpNew(Long.MAX_VALUE);
    assertThat(after).hasSize(before.size() + 50).containsAll(before).containsAll(late);
  }

  /** Else they would be taken for rows that are copied, and nobody would look for them. */
  @ParameterizedTest
  @MethodSource("ways")
  void aRowThatIsWrittenAfterTheDrainHasAnIdOfItsOwn(MySqlServer target, String method)
      throws Exception {
    var site = verified(new Tables(one, target).rows(1, 3_000, 1, 100), method);
    new DrainTask().run(site.context(0));
    write(site);
    assertThat(one.query("SELECT MIN(id) FROM " + site.old)).isEqualTo("3001");
  }

  /** By hand, or by a MySQL that forgets its counter: what is written then is seen, and kept. */
  @ParameterizedTest
  @ValueSource(longs = {1, 4})
  void aTableThatNumbersAnewCallsAHuman(long minId) throws Exception {
    var site = verified(new Tables(one, one).rows(minId, 3_000, 1, 100), "SlowDelete");
    new DrainTask().run(site.context(0));
    one.execute("TRUNCATE TABLE " + site.old);
    write(site);
    write(site);

    var refused =
        catchThrowableOfType(TaskFailure.class, () -> new FreezeTask().run(site.context(0)));

    assertThat(refused.reason()).isEqualTo("NumberedAnew");
    assertThat(rows(site)).isEqualTo("2");
    var told = refused.getMessage();
    move(site, told.substring(told.indexOf("SET TRANS"), told.indexOf("; between two")));
    new FreezeTask().run(site.context(0));
    new DrainTask().run(site.context(0));
    assertThat(rows(site)).isEqualTo("0");
    assertThat(site.dumpNew(Long.MAX_VALUE)).hasSize(3_000 - (int) minId + 1 + 2);
    write(site);
    assertThat(one.query("SELECT MIN(id) FROM " + site.old)).isEqualTo("3001");
  }

  /** By hand, statement by statement, while somebody may still write. */
  private void move(Tables site, String statements) throws SQLException {
    try (var human = one.connect();
        var statement = human.createStatement();
        var late = one.connect();
        var write = late.createStatement()) {
      write.execute("SET SESSION innodb_lock_wait_timeout = 1");
      for (var sql : statements.split("; ", -1)) {
        statement.execute(sql);
        if (sql.startsWith("INSERT")) {
          assertThatThrownBy(() -> write.execute(insert(site)))
              .as("a row that would be deleted uncopied")
              .hasMessageContaining("Lock wait timeout");
        }
      }
    }
  }

  /** Rows that wait for the drain are copied: who moved them under new ids would double them. */
  @Test
  void aRowThatComesBackAmidTheDrainIsNoTableThatNumbersAnew() throws Exception {
    var site = verified(new Tables(one, one).rows(1, 3_000, 1, 100), "SlowDelete");
    one.execute(
        "UPDATE " + site.control("run") + " SET drain_began_at = NOW(6)",
        "UPDATE " + site.control("range") + " SET drained_to = 1001 WHERE lo = 1",
        "DELETE FROM " + site.old + " WHERE id BETWEEN 2 AND 1000");
    new FreezeTask().run(site.context(0));
    assertThat(refusal(site).reason()).isEqualTo("RowsLeft");
    assertThat(rows(site)).isEqualTo("1");
  }

  private void write(Tables site) {
    one.execute(insert(site));
  }

  private static String insert(Tables site) {
    return "INSERT INTO "
        + site.old
        + " (created, student_module_id, state) VALUES (NOW(6), 7, 'x')";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE %s SET state = 'tampered' WHERE id = 7000",
        "DELETE FROM %s WHERE id = 7000",
      })
  void aRowThatIsNotInTheNewTableStays(String tampering) throws Exception {
    var site = verified(new Tables(one, two).rows(1, 12_000, 1, 100), "SlowDelete");
    two.execute(tampering.formatted(site.fresh));
    assertThat(refusal(site).reason()).isEqualTo("DrainRefused");
    assertThat(one.query("SELECT COUNT(*) FROM " + site.old + " WHERE id >= 7000"))
        .isEqualTo("5001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SlowDelete", "Truncate"})
  void anOldProofIsMadeAgainBeforeAnythingGoes(String method) throws Exception {
    var site = verified(new Tables(one, two).rows(1, 12_000, 1, 100), method);
    two.execute(
        "UPDATE " + site.control("range") + " SET verified_at = NOW(6) - INTERVAL 2 HOUR",
        "UPDATE " + site.fresh + " SET grade = 77 WHERE id = 11000");
    assertThat(refusal(site).getMessage()).contains("11000 DIFFERENT");
    assertThat(rows(site)).isEqualTo("12000");
  }

  /** A promoted replica may lack what its primary had. */
  @ParameterizedTest
  @ValueSource(strings = {"SlowDelete", "Truncate"})
  void aProofOfAnotherTargetServerIsMadeAgain(String method) throws Exception {
    var site = verified(new Tables(one, two).rows(1, 12_000, 1, 100), method);
    two.execute(
        "UPDATE " + site.control("range") + " SET verified_on = 'former'",
        "DELETE FROM " + site.fresh + " WHERE id = 11000");
    assertThat(refusal(site).getMessage()).contains("11000 MISSING");
    assertThat(rows(site)).isEqualTo("12000");
    assertThat(two.query("SELECT drain_began_at IS NULL FROM " + site.control("run")))
        .isEqualTo("1");
  }

  @Test
  void aRowThatWentFromTheNewTableAfterVerifyStopsATruncate() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 12_000, 1, 100), "Truncate");
    two.execute("DELETE FROM " + site.fresh + " WHERE id = 11000");
    assertThat(refusal(site).getMessage()).contains("11000 MISSING");
    assertThat(rows(site)).isEqualTo("12000");
  }

  @Test
  void aRowBelowTheFrozenIdsStopsATruncate() throws Exception {
    var site = verified(new Tables(one, two).rows(10, 500, 1, 100), "Truncate");
    one.execute("UPDATE " + site.old + " SET id = 3 WHERE id = 20");
    assertThat(refusal(site).reason()).isEqualTo("OldTableChanged");
    assertThat(rows(site)).isEqualTo("491");
  }

  @Test
  void withoutItsRightsNothingIsTruncated() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 500, 1, 100), "Truncate");
    site.sourceUser = "nolock_" + site.oldDatabase;
    site.sourcePassword = "pw";
    one.execute(
        "CREATE USER " + site.sourceUser + " IDENTIFIED BY 'pw'",
        "GRANT SELECT, DROP ON " + site.old + " TO " + site.sourceUser);
    assertThat(refusal(site).getMessage()).contains("GRANT ALTER ON `" + site.oldDatabase + "`.");
    one.execute("GRANT ALTER ON " + site.old + " TO " + site.sourceUser);
    var refused = refusal(site);
    assertThat(refused.reason()).isEqualTo("MissingGrant");
    assertThat(refused.getMessage()).contains("GRANT LOCK TABLES ON `" + site.oldDatabase + "`.*");
    assertThat(rows(site)).isEqualTo("500");
    assertThat(two.query("SELECT drain_began_at IS NULL FROM " + site.control("run")))
        .isEqualTo("1");
    one.execute("GRANT LOCK TABLES ON " + site.oldDatabase + ".* TO " + site.sourceUser);
    new DrainTask().run(site.context(0));
    assertThat(rows(site)).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SlowDelete", "Truncate"})
  void aTableThatGrewIsLeftAlone(String method) throws Exception {
    var site = verified(new Tables(one, two).rows(1, 500, 1, 100), method);
    site.rows(501, 502, 1, 100);
    assertThat(refusal(site).reason()).isEqualTo("OldTableGrew");
    assertThat(rows(site)).isEqualTo("502");
  }

  @Test
  void aTruncateThatFindsMoreRowsThanWereVerifiedIsRefused() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 500, 2, 100), "Truncate").rows(4, 4, 1, 100);
    assertThat(refusal(site).reason()).isEqualTo("OldTableChanged");
    assertThat(rows(site)).isEqualTo("251");
  }

  @Test
  void anUnfinishedCopyIsNotDrained() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 500, 1, 100), "SlowDelete");
    two.execute("UPDATE " + site.control("range") + " SET next_id = next_id - 1");
    assertThat(refusal(site).reason()).isEqualTo("NotCovered");
    assertThat(rows(site)).isEqualTo("500");
  }

  @Test
  void whatALostWorkerDeletedIsNoReasonToStop() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 12_000, 1, 100), "SlowDelete");
    // As if the pod died between the commit on the source and its mark.
    one.execute("DELETE FROM " + site.old + " WHERE id BETWEEN 1 AND 300");
    two.execute("UPDATE " + site.control("run") + " SET drain_began_at = NOW(6)");
    new DrainTask().run(site.context(0));
    assertThat(rows(site)).isEqualTo("0");
    assertThat(site.target.query("SELECT COUNT(*) FROM " + site.fresh)).isEqualTo("12000");
  }

  @Test
  void anOldTableEmptiedByHandDoesNotEmptyTheNewOne() throws Exception {
    var site = verified(new Tables(one, two).rows(1, 500, 1, 100), "Keep");
    one.execute("TRUNCATE " + site.old);
    site.jobName = "job-again";
    assertThat(
            catchThrowableOfType(TaskFailure.class, () -> new ReconcileTask().run(site.context(0)))
                .reason())
        .isEqualTo("TooManyRowsGone");
    assertThat(two.query("SELECT COUNT(*) FROM " + site.fresh)).isEqualTo("500");
  }

  private static TaskFailure refusal(Tables site) {
    return catchThrowableOfType(TaskFailure.class, () -> new DrainTask().run(site.context(0)));
  }

  private static String rows(Tables site) {
    return site.source.query("SELECT COUNT(*) FROM " + site.old);
  }

  private static Tables verified(Tables site, String method) throws Exception {
    site.drain = new CsmhOrder.Drain(method, 3_600);
    site.freeze();
    new CopyTask().run(site.context(0));
    new VerifyTask().run(site.context(0));
    return site;
  }
}
