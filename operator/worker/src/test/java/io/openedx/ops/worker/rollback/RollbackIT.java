package io.openedx.ops.worker.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.freeze.FreezeTask;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.schema.CreateTableTask;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * On real servers: what a site wrote to the new table comes back to the old one, and how. One after
 * the other on servers of their own: every transaction of a server counts.
 */
@ExtendWith(MySqlServers.class)
@Execution(ExecutionMode.SAME_THREAD)
class RollbackIT {
  private static final long OWN = 1_000_000;

  private MySqlServer one;
  private MySqlServer two;
  private Tables tables;
  private String states;

  @BeforeEach
  void servers(
      @MySqlServers.Named("rolled-back") MySqlServer first,
      @MySqlServers.Named("rolled-back-from") MySqlServer second) {
    one = first;
    two = second;
    site(new Tables(one, one));
  }

  private void site(Tables made) {
    tables = made;
    states = tables.oldDatabase + "." + HistoryTable.STATES;
    tables.source.execute(
        "CREATE TABLE %s (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, state longtext)"
            .formatted(states));
    states(1, 3_000);
  }

  @Test
  void onOneServer() throws SQLException {
    tables.rows(1, 700, 1, 32);
    copied();
    comesBack();
  }

  @Test
  void onTwoServers() throws SQLException {
    site(new Tables(one, two));
    tables.rows(1, 700, 1, 32);
    comesBack();
  }

  /** All the history there is may have been written after the site was switched. */
  @Test
  void toAnEmptyTable() throws SQLException {
    own(1, 3_000);

    prepare();
    var result = rollBack();

    assertThat(result.evidence()).containsEntry("rows", "3000");
    assertThat(own(tables.source, tables.old)).isEqualTo(own(tables.target, tables.fresh));
  }

  private void comesBack() throws SQLException {
    own(1, 3_000);
    large(OWN + 5_000, 55_000_000);

    var prepared = prepare();
    assertThat(prepared.evidence()).containsEntry("autoIncrement", Long.toString(OWN + 15_000));
    assertThat(prepare()).as("done again").isEqualTo(prepared);
    var byTheSite = writesToOld(77);
    assertThat(byTheSite).isEqualTo(OWN + 15_000);
    // As a process without the app deletes: what the new table has of it stays.
    deleteState(55);
    var oldRows = old("id <= 700");

    var result = rollBack();

    assertThat(result.evidence())
        .containsEntry("rows", "3000")
        .containsEntry("rowsOfDeletedStates", "1");
    assertThat(result.message()).contains("3000 row(s)", "1 row(s) of deleted states");
    target("DELETE FROM %s WHERE student_module_id = 55".formatted(tables.fresh));
    assertThat(own(tables.source, tables.old)).isEqualTo(own(tables.target, tables.fresh));
    assertThat(old("id <= 700")).as("what was there before").isEqualTo(oldRows);
    assertThat(old("id = " + byTheSite)).isEqualTo("1");
    assertThat(rollBack().evidence()).as("done again").containsEntry("rows", "3000");
  }

  /** Whoever tries once more begins with what both tables have. */
  @Test
  void afterwardsAnotherRunMovesAllOfIt() throws SQLException {
    tables.rows(1, 700, 1, 32).freeze();
    moved();
    own(1, 3_000);
    prepare();
    writesToOld(77);
    deleteState(55);
    rollBack();

    tables.runUid = "run-2";
    tables.jobName = "job-2";
    new CreateTableTask().run(tables.context(0));
    new FreezeTask().run(tables.context(0));
    moved();

    var all = Tables.dump(tables.source, tables.old, Long.MAX_VALUE);
    assertThat(all).hasSize(700 - 7 + 3_000 - 1 + 1);
    assertThat(Tables.dump(tables.target, tables.fresh, Long.MAX_VALUE)).isEqualTo(all);
    target(
        "INSERT INTO %s (created, student_module_id) VALUES (NOW(6), 1)".formatted(tables.fresh));
    assertThat(Long.parseLong(tables.target.query("SELECT MAX(id) FROM " + tables.fresh)))
        .isGreaterThan(OWN + 3_000 + Tables.FLOOR_MARGIN);
  }

  private void moved() throws SQLException {
    new CopyTask().run(tables.context(0));
    new ReconcileTask().run(tables.context(0));
    new VerifyTask().run(tables.context(0));
  }

  /** A slow delete of the old scripts takes the lowest rows first; the copies are the only ones. */
  @Test
  void whatOthersHadDrainedComesBackToo() throws SQLException {
    tables.rows(1, 700, 1, 32);
    copied();
    tables.source.execute("DELETE FROM %s WHERE id < 210".formatted(tables.old));
    own(1, 10);

    prepare();
    var result = rollBack();

    assertThat(result.evidence()).containsEntry("rows", "219");
    assertThat(Tables.dump(tables.source, tables.old, OWN))
        .isEqualTo(Tables.dump(tables.target, tables.fresh, OWN));
  }

  /** A drain that was ended half-way by an earlier run: its lanes leave holes anywhere. */
  @Test
  void whatADrainHasLeftIsRefused() throws SQLException {
    tables.rows(1, 700, 1, 32);
    copied();
    own(1, 10);
    tables.source.execute("DELETE FROM %s WHERE id BETWEEN 301 AND 310".formatted(tables.old));

    var failure = refused(this::prepare);

    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("OldRowsRemoved");
    assertThat(failure).hasMessageContaining("has row 301");
    assertThat(writesToOld(1)).as("it numbers on as before").isEqualTo(701);
  }

  /** In a roll-out a process without the app deletes the old rows of a state and no new ones. */
  @Test
  void copiesOfDeletedStatesHoldNothingBack() throws SQLException {
    tables.rows(1, 700, 1, 32);
    copied();
    own(1, 10);
    deleteState(50);

    prepare();

    assertThat(rollBack().evidence()).containsEntry("rows", "10");
    assertThat(old("student_module_id = 50")).isEqualTo("0");
  }

  /**
   * A history that was deleted before a row of it came back, and its state only afterwards: the row
   * must not stay.
   */
  @Test
  void notOfAStateThatIsBeingDeleted() throws Exception {
    // On one server the proof that the new table is quiet waits for its end anyhow.
    site(new Tables(one, two));
    own(1, 100);
    prepare();
    try (var learner = one.connect();
        var statement = learner.createStatement()) {
      // As Django connects.
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
      learner.setAutoCommit(false);
      statement.execute("DELETE FROM %s WHERE student_module_id = 60".formatted(tables.old));
      statement.execute("UPDATE %s SET state = 'x' WHERE id = 1".formatted(states));
      var done = CompletableFuture.supplyAsync(this::rollBackUnchecked);
      await("student_module_id = 60", "1");
      statement.execute("DELETE FROM %s WHERE id = 60".formatted(states));
      learner.commit();

      assertThat(done.get(120, TimeUnit.SECONDS).evidence())
          .containsEntry("rows", "99")
          .containsEntry("rowsOfDeletedStates", "1");
    }
    assertThat(old("student_module_id = 60")).isEqualTo("0");
  }

  @Test
  void statesThatAreBeingRestoredCostNoHistory() throws SQLException {
    own(1, 3_000);
    tables.source.execute("DELETE FROM %s WHERE id > 1500".formatted(states));

    prepare();
    var result = rollBack();

    assertThat(result.evidence()).containsEntry("rows", "3000");
    assertThat(result.message()).contains("are states being restored?");
  }

  @Test
  void nothingIsOverwritten() throws SQLException {
    own(1, 100);
    prepare();
    tables.source.execute(
        "INSERT INTO %s (id, created, student_module_id) VALUES (%d, NOW(6), 2999)"
            .formatted(tables.old, OWN + 50));

    var failure = refused(this::rollBack);

    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("RowsDiffer");
    assertThat(failure).hasMessageContaining(Long.toString(OWN + 50));
    assertThat(old("student_module_id = 2999")).isEqualTo("1");
  }

  /** An administrator may take days to change the site, which goes on writing meanwhile. */
  @Test
  void roomIsMadeAgain() throws SQLException {
    own(1, 100);
    prepare();
    growsPastTheRoom();

    assertThat(rollBack().evidence()).containsEntry("rows", "101");
    assertThat(writesToOld(1)).isEqualTo(OWN + 100 + 2 * Tables.FLOOR_MARGIN);
  }

  @Test
  void theMarginIsUsedUp() throws SQLException {
    own(1, 100);
    prepare();
    writesToOld(1);
    growsPastTheRoom();

    var failure = refused(this::rollBack);

    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(old("true")).isEqualTo("1");
  }

  private void growsPastTheRoom() {
    target(
        "INSERT INTO %s (id, created, student_module_id) VALUES (%d, NOW(6), 1)"
            .formatted(tables.fresh, OWN + 100 + Tables.FLOOR_MARGIN));
  }

  @Test
  void idsThatDoNotFit() {
    target(
        "INSERT INTO %s (id, created, student_module_id) VALUES (2147480000, NOW(6), 1)"
            .formatted(tables.fresh));

    var failure = refused(this::prepare);

    assertThat(failure.reason()).isEqualTo("RowsDoNotFit");
    assertThat(failure).hasMessageContaining("id of").hasMessageContaining("2147490000");
    assertThat(tables.source.query("SHOW CREATE TABLE " + tables.old)).isNotNull();
    assertThat(writesToOld(1)).as("it numbers on as before").isEqualTo(1);
  }

  @Test
  void statesThatDoNotFit() {
    target(
        "INSERT INTO %s (id, created, student_module_id) VALUES (%d, NOW(6), 3000000000)"
            .formatted(tables.fresh, OWN));

    assertThat(refused(this::prepare))
        .hasMessageContaining("student_module_id of")
        .hasMessageContaining("3000000000");
  }

  @Test
  void textThatDoesNotFit() {
    site(new Tables(one, one, "latin1", "datetime(6)"));
    own(1, 10);
    target(
        "UPDATE %s SET state = '{\"answer\": \"\uD83D\uDE00\"}' WHERE id = %d"
            .formatted(tables.fresh, OWN + 7));

    var failure = refused(this::prepare);

    assertThat(failure.reason()).isEqualTo("RowsDoNotFit");
    assertThat(failure).hasMessageContaining("latin1").hasMessageContaining("row " + (OWN + 7));
  }

  @Test
  void whoMayOnlyRead() {
    own(1, 10);
    tables.source.execute(
        "CREATE USER reader%s IDENTIFIED BY 'only-reads'".formatted(tables.oldDatabase),
        "GRANT SELECT ON %s.* TO reader%1$s".formatted(tables.oldDatabase));
    tables.sourceUser = "reader" + tables.oldDatabase;
    tables.sourcePassword = "only-reads";

    var failure = refused(this::prepare);

    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure).hasMessageContaining("GRANT SELECT, INSERT, DELETE, ALTER ON");
  }

  /** What the documented account of the target may do: it sees no transactions of others. */
  @Test
  void whoSeesNoTransactionsOfTheNewTable() {
    own(1, 10);
    tables.target.execute(
        "CREATE USER target%s IDENTIFIED BY 'sees-nothing'".formatted(tables.newDatabase),
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON %s.* TO target%1$s"
            .formatted(tables.newDatabase));
    tables.targetUser = "target" + tables.newDatabase;
    tables.targetPassword = "sees-nothing";

    var failure = refused(this::prepare);

    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure)
        .hasMessageContaining("target ")
        .hasMessageContaining("GRANT PROCESS ON *.*");
  }

  private TaskResult prepare() throws SQLException {
    return new PrepareRollbackTask().run(tables.context(0));
  }

  private TaskResult rollBack() throws SQLException {
    return new RollbackWritesTask().run(tables.context(0));
  }

  private TaskResult rollBackUnchecked() {
    try {
      return rollBack();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface Step {
    TaskResult run() throws SQLException;
  }

  private static TaskFailure refused(Step step) {
    return catchThrowableOfType(TaskFailure.class, step::run);
  }

  private long writesToOld(int state) {
    tables.source.execute(
        "INSERT INTO %s (created, student_module_id) VALUES (NOW(6), %d)"
            .formatted(tables.old, state));
    return Long.parseLong(tables.source.query("SELECT MAX(id) FROM " + tables.old));
  }

  private void deleteState(int state) {
    tables.source.execute(
        "DELETE FROM %s WHERE student_module_id = %d".formatted(tables.old, state),
        "DELETE FROM %s WHERE id = %d".formatted(states, state));
  }

  private void large(long id, int bytes) {
    target(
        "INSERT INTO %s (id, created, state, student_module_id) VALUES (%d, NOW(6), REPEAT('y', %d), 9)"
            .formatted(tables.fresh, id, bytes));
  }

  private void states(int first, int last) {
    numbers(tables.source, "INSERT INTO %s (id) ".formatted(states), "i", first, last);
  }

  /** One row of the site's own for each of these states. */
  private void own(int first, int last) {
    numbers(
        tables.target,
        "INSERT INTO %s (id, created, state, grade, student_module_id) ".formatted(tables.fresh),
        "%d + i, NOW(6), CONCAT('{\"i\": ', i, '}'), i / 7, i".formatted(OWN),
        first,
        last);
  }

  private void copied() {
    target(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(
                tables.fresh, HistoryTable.columnList(), HistoryTable.columnList(), tables.old));
  }

  private void target(String sql) {
    tables.target.execute(sql);
  }

  private static void numbers(MySqlServer server, String into, String what, int first, int last) {
    server.execute(
        "SET SESSION cte_max_recursion_depth = 100000",
        "%s WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT %s FROM n"
            .formatted(into, first, last, what));
  }

  private String old(String where) {
    return tables.source.query("SELECT COUNT(*) FROM %s WHERE %s".formatted(tables.old, where));
  }

  /** Rows of the site's own, by SQL that shares nothing with the code under test. */
  private static String own(MySqlServer server, String table) {
    return server.query(
        "SELECT CONCAT(COUNT(*), ' ', SUM(CRC32(CONCAT_WS('|', id, created, SHA2(state, 256), IFNULL(grade, 'N'), IFNULL(max_grade, 'N'), student_module_id)))) FROM %s WHERE id BETWEEN %d AND %d"
            .formatted(table, OWN, OWN + 14_999));
  }

  private void await(String where, String count) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> old(where).equals(count));
  }
}
