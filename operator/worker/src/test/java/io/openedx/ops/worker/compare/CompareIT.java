package io.openedx.ops.worker.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a copy can be wrong is seen, named, and carried over where that is asked. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareIT {
  private MySqlServer one;
  private MySqlServer two;
  private Tables mutated;

  @BeforeAll
  void servers(
      @MySqlServers.Named("one") MySqlServer first, @MySqlServers.Named("two") MySqlServer second)
      throws Exception {
    one = first;
    two = second;
    mutated = copied(new Tables(one, two).rows(1, 3_000, 1, 200));
    two.execute("CREATE TABLE " + mutated.newDatabase + ".kept AS SELECT * FROM " + mutated.fresh);
  }

  private Stream<MySqlServer> targets() {
    return Stream.of(one, two);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anEqualCopyIsVerifiedAgainByEachJob(MySqlServer target) throws Exception {
    var site =
        copied(
            new Tables(one, target).rows(1, 30_000, 1, 100).rows(50_000_000, 50_000_100, 1, 100));
    site.liveRows(60_000_000, 3);
    var evidence = new VerifyTask().run(site.context(0)).evidence();
    assertThat(evidence).containsEntry("rows", "30101").containsEntry("differences", "0");
    assertThat(
            site.target.query(
                "SELECT COUNT(*) FROM " + site.control("range") + " WHERE verified_at IS NULL"))
        .isEqualTo("0");
    target.execute("UPDATE " + site.fresh + " SET grade = -1 WHERE id = 17");
    site.jobName = "job-2";
    assertThatThrownBy(() -> new VerifyTask().run(site.context(0)))
        .hasMessageContaining("17 DIFFERENT");
    // The pods of that Job that come later say the same.
    assertThatThrownBy(() -> new VerifyTask().run(site.context(1)))
        .hasMessageContaining("17 DIFFERENT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version = CONCAT(version, ' ') WHERE id = 100",
        "version = '' WHERE id = 300",
        "version = NULL WHERE id = 100",
        "created = created + INTERVAL 1 MICROSECOND WHERE id = 100",
        "created = '0000-00-00' WHERE id = 100",
        "state = CONCAT(state, '\\0') WHERE id = 100",
        "state = UPPER(state) WHERE id = 100",
        "state = NULL WHERE id = 100",
        "state = '' WHERE id = 100",
        "state = 'N' WHERE id = 100",
        "state = INSERT(state, 20, 1, CHAR(ASCII(SUBSTRING(state, 20, 1)) ^ 1)) WHERE id = 100",
        "grade = grade + 3.6e-15 WHERE id = 101",
        "grade = 0 WHERE id = 100",
        "grade = NULL WHERE id = 101",
        "max_grade = '-0' WHERE id = 110",
        "max_grade = NULL WHERE id = 110",
        "max_grade = 1e308 WHERE id = 110",
        "student_module_id = student_module_id ^ 1 WHERE id = 100",
        "grade = max_grade, max_grade = grade WHERE id = 101",
      })
  void aChangedColumnIsSeen(String mutation) throws Exception {
    var id = mutation.substring(mutation.lastIndexOf(' ') + 1);
    try {
      two.execute(LENIENT, "UPDATE " + mutated.fresh + " SET " + mutation);
      assertThat(refusal(mutated).getMessage())
          .contains("1 rows are not the same")
          .contains(id + " DIFFERENT");
    } finally {
      restore();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM %s WHERE id = 2000 | 1 | 2000 MISSING",
        "DELETE FROM %s WHERE id IN (1, 3000) | 2 | 1 MISSING",
        "UPDATE %s SET id = 3500 WHERE id = 7 | 1 | 7 MISSING",
        "DELETE FROM %s | 3000 | 20 MISSING",
      })
  void missingRowsAreSeen(String damage, long count, String named) throws Exception {
    try {
      two.execute(LENIENT, damage.formatted(mutated.fresh));
      assertThat(refusal(mutated).getMessage())
          .contains(count + " rows are not the same")
          .contains(named);
    } finally {
      restore();
    }
  }

  @Test
  void swappedAndExtraRowsAreSeen() throws Exception {
    var site = new Tables(one, two).rows(1, 1_000, 2, 100);
    copied(site);
    two.execute(
        "UPDATE %s a JOIN %s b ON a.id = 11 AND b.id = 13 SET a.state = b.state, b.state = a.state"
            .formatted(site.fresh, site.fresh),
        "INSERT INTO %s (id, created, student_module_id) VALUES (500, NOW(), 1)"
            .formatted(site.fresh));
    assertThat(refusal(site).getMessage()).contains("11 DIFFERENT").contains("500 EXTRA");
  }

  @Test
  void rowsBetweenTheFrozenOnesAndTheFloorAreSeen() throws Exception {
    var site = copied(new Tables(one, two).rows(1, 100, 1, 100)).liveRows(5_000, 1);
    assertThat(refusal(site).reason()).isEqualTo("RowsBelowFloor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM %s WHERE lo > 1 LIMIT 1",
        "UPDATE %s SET hi = hi - 1, next_id = next_id - 1 LIMIT 1"
      })
  void aHoleBetweenRangesIsSeen(String damage) throws Exception {
    var site = copied(new Tables(one, two).rows(1, 60_000, 1, 20));
    two.execute(damage.formatted(site.control("range")));
    assertThat(refusal(site).reason()).isEqualTo("NotCovered");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void changesOfTheOldTableAreCarriedOver(MySqlServer target) throws Exception {
    var site = copied(new Tables(one, target).rows(1, 9_000, 1, 100)).liveRows(60_000_000, 2);
    one.execute(
        LENIENT,
        "DELETE FROM " + site.old + " WHERE id IN (1, 50, 51, 8999)",
        "UPDATE " + site.old + " SET state = '' WHERE id = 60",
        "UPDATE " + site.old + " SET state = NULL, version = NULL WHERE id = 61",
        "UPDATE " + site.old + " SET grade = '-0', created = '0000-00-00' WHERE id = 62",
        "UPDATE " + site.old + " SET state = REPEAT('é', 3000000) WHERE id = 63");
    target.execute("DELETE FROM " + site.fresh + " WHERE id = 9000");
    assertThat(refusal(site).reason()).isEqualTo("VerificationFailed");
    site.jobName = "job-reconcile";
    var evidence = new ReconcileTask().run(site.context(0)).evidence();
    assertThat(evidence)
        .containsEntry("deleted", "4")
        .containsEntry("changed", "4")
        .containsEntry("inserted", "1");
    assertThat(site.dumpNew(9_001)).isEqualTo(site.dumpOld());
    assertThat(new VerifyTask().run(site.context(0)).evidence()).containsEntry("rows", "8996");
    assertThat(target.query("SELECT COUNT(*) FROM " + site.fresh + " WHERE id >= 60000000"))
        .isEqualTo("2");
  }

  @Test
  void theLimitOfDeletesIsTheRunsNotThePods() throws Exception {
    var site = copied(new Tables(one, two).rows(1, 100, 1, 100));
    one.execute("DELETE FROM " + site.old + " WHERE id = 50");
    two.execute("UPDATE " + site.control("run") + " SET reconciled_deletes = 10000");
    assertThatThrownBy(() -> new ReconcileTask().run(site.context(0)))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("TooManyRowsGone"));
    assertThat(two.query("SELECT COUNT(*) FROM " + site.fresh)).isEqualTo("100");
  }

  @Test
  void aVerificationOnAFormerTargetIsMadeAgain() throws Exception {
    var site = copied(new Tables(one, two).rows(1, 100, 1, 100));
    new VerifyTask().run(site.context(0));
    two.execute("UPDATE " + site.control("range") + " SET verified_on = 'former'");
    // The pass of this very job is closed: the next job makes another one.
    assertThatThrownBy(() -> new VerifyTask().run(site.context(0)))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("TargetChanged"));
    site.jobName = "job-after-failover";
    assertThat(new VerifyTask().run(site.context(0)).reason()).isEqualTo("Verified");
  }

  /** A failover in the midst of a range: what the former primary answered is not taken for ours. */
  @Test
  void theHalfOfARangeThatAFormerTargetComparedIsComparedAgain() throws Exception {
    var site = copied(new Tables(one, two).rows(1, 100, 1, 100));
    two.execute(
        "DELETE FROM " + site.fresh + " WHERE id = 17",
        "INSERT INTO %s (kind, number, job) VALUES ('VERIFY', 1, 'job-0')"
            .formatted(site.control("pass")),
        ("UPDATE %s SET pass = 1, compared_to = 51, compared_on = 'former',"
                + " source_rows = 50, target_rows = 50")
            .formatted(site.control("range")));
    assertThat(refusal(site).getMessage())
        .contains("1 rows are not the same in both tables: 17 MISSING");
  }

  /** A host that leads to a replica all of a sudden: it neither proves nor deletes anything. */
  @Test
  void aLaneThatMeetsAnotherSourceEndsTheTask() throws Exception {
    var site = copied(new Tables(one, two).rows(1, 100, 1, 100));
    var ledger = site.ledger();
    var former =
        new Ledger(
            ledger.target(), ledger.tables(), ledger.runEpoch(), ledger.owner(), "former-server");
    var refused =
        catchThrowableOfType(
            TaskFailure.class, () -> Comparison.open(site.context(0), former).close());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(refused.reason()).isEqualTo("SourceChanged");
    assertThat(refused.getMessage())
        .contains("former-server", one.query("SELECT @@server_uuid"), "source");
  }

  @Test
  void rowsThatWereThereBeforeTheCopyAreNotDeleted() throws Exception {
    var site = new Tables(one, two).rows(1, 100, 2, 100).liveRows(50, 1);
    copied(site);
    assertThatThrownBy(() -> new ReconcileTask().run(site.context(0)))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("ForeignRows"));
    assertThat(two.query("SELECT COUNT(*) FROM " + site.fresh + " WHERE id = 50")).isEqualTo("1");
  }

  private static final String LENIENT =
      "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";

  private static int jobs;

  private static TaskFailure refusal(Tables site) {
    site.jobName = "job-v" + jobs++;
    return catchThrowableOfType(TaskFailure.class, () -> new VerifyTask().run(site.context(0)));
  }

  private void restore() {
    two.execute(
        LENIENT,
        "TRUNCATE " + mutated.fresh,
        "INSERT INTO " + mutated.fresh + " SELECT * FROM " + mutated.newDatabase + ".kept");
  }

  private static Tables copied(Tables site) throws Exception {
    site.freeze();
    new CopyTask().run(site.context(0));
    return site;
  }
}
