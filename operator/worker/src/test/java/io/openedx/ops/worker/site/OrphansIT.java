package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.drain.DrainTask;
import io.openedx.ops.worker.row.HistoryTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a real server: which history in the new table counts as left behind, and what becomes of it.
 */
@ExtendWith(MySqlServers.class)
class OrphansIT {
  private static final long OWN = 1_000_000;
  private static final String WAITS =
      "SELECT COUNT(*) FROM performance_schema.data_locks WHERE lock_status = 'WAITING' AND object_schema = '%s'";

  private MySqlServer server;
  private Tables tables;
  private String states;

  @BeforeEach
  void site(@MySqlServers.Named("one") MySqlServer one) {
    server = one;
    tables = new Tables(server, server);
    states = tables.oldDatabase + "." + HistoryTable.STATES;
    server.execute(
        "CREATE TABLE %s (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, state longtext)"
            .formatted(states));
  }

  @Test
  void ofDeletedStatesOnly() throws SQLException {
    states(1, 3_000);
    tables.rows(1, 700, 1, 32);
    copied();
    own(1, 3_000);
    server.execute(
        "DELETE FROM %s WHERE id IN (7, 8, 2500)".formatted(states),
        "DELETE FROM %s WHERE student_module_id IN (7, 8, 2500)".formatted(tables.old));

    var orphans = Orphans.remove(tables.context(0));

    // States 7 and 8 have 7 copied rows each, and one of the site's own as 2500 has.
    assertThat(orphans).isEqualTo(new Orphans(3, 17, true));
    assertThat(orphans.text()).contains("17 row(s) of 3 deleted state(s)");
    assertThat(count("student_module_id IN (7, 8, 2500)")).isZero();
    assertThat(count("true")).isEqualTo(700 + 3_000 - 17);
    assertThat(Orphans.remove(tables.context(0))).isEqualTo(new Orphans(0, 0, true));
  }

  /**
   * Loaded without checks, the old table may have rows of no state: the copy must have them, too.
   */
  @Test
  void notWhatTheOldTableHas() throws SQLException {
    states(1, 200);
    tables.rows(1, 700, 1, 32);
    copied();
    own(50, 60);
    server.execute("DELETE FROM %s WHERE id = 55".formatted(states));

    assertThat(Orphans.remove(tables.context(0))).isEqualTo(new Orphans(0, 0, true));
    assertThat(count("true")).isEqualTo(711);
  }

  /** What was copied may have been history of no state before; nobody can tell any more. */
  @Test
  void afterTheDrainOnlyWhatTheSiteHasWritten() throws Exception {
    states(1, 200);
    tables.rows(1, 700, 1, 32).freeze();
    new CopyTask().run(tables.context(0));
    new ReconcileTask().run(tables.context(0));
    new VerifyTask().run(tables.context(0));
    own(50, 60);
    new DrainTask().run(tables.context(0));
    server.execute("DELETE FROM %s WHERE id IN (55, 90)".formatted(states));

    assertThat(Orphans.remove(tables.context(0))).isEqualTo(new Orphans(1, 1, true));
    assertThat(count("student_module_id = 55")).isEqualTo(7);
    assertThat(count("true")).isEqualTo(710);
  }

  /**
   * A slow delete of the old scripts takes the lowest rows first; its copies may be the only ones.
   */
  @Test
  void notWhatWasRemovedFromBelow() throws SQLException {
    states(30, 200);
    tables.rows(1, 700, 1, 32);
    copied();
    server.execute("DELETE FROM %s WHERE id < 210".formatted(tables.old));

    assertThat(Orphans.remove(tables.context(0))).isEqualTo(new Orphans(0, 0, true));
    assertThat(count("true")).isEqualTo(700);
  }

  /** The state's own transaction may commit after its history was written to another database. */
  @Test
  void notOfAStateThatIsBeingWritten() throws Exception {
    tables.rows(1, 7, 1, 32);
    states(1, 10);
    own(1, 10);
    try (var learner = server.connect()) {
      learner.setAutoCommit(false);
      try (var statement = learner.createStatement()) {
        statement.execute("INSERT INTO %s (id) VALUES (77)".formatted(states));
      }
      own(77, 77);
      var found = CompletableFuture.supplyAsync(this::remove);
      awaitLockWait();
      learner.commit();

      assertThat(found.get(60, TimeUnit.SECONDS)).isEqualTo(new Orphans(0, 0, true));
    }
    assertThat(count("student_module_id = 77")).isEqualTo(1);
  }

  @Test
  void manyMeanAnotherTrouble() throws SQLException {
    states(1, 1);
    tables.rows(1, 3, 1, 32);
    own(2, 1_201);

    var orphans = Orphans.remove(tables.context(0));

    assertThat(orphans).isEqualTo(new Orphans(1_200, 0, false));
    assertThat(orphans.text()).contains("1200 state(s)", "it stays");
    assertThat(count("true")).isEqualTo(1_200);
  }

  private Orphans remove() {
    try {
      return Orphans.remove(tables.context(0));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitLockWait() {
    var sql = WAITS.formatted(tables.oldDatabase);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !server.query(sql).equals("0"));
  }

  private void states(int first, int last) {
    numbers("INSERT INTO %s (id) ".formatted(states), "i", first, last);
  }

  /** One row of the site's own for each of these states. */
  private void own(int first, int last) {
    numbers(
        "INSERT INTO %s (id, created, student_module_id) ".formatted(tables.fresh),
        "%d + i, NOW(6), i".formatted(OWN),
        first,
        last);
  }

  private void copied() {
    server.execute(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(
                tables.fresh, HistoryTable.columnList(), HistoryTable.columnList(), tables.old));
  }

  private void numbers(String into, String what, int first, int last) {
    server.execute(
        "SET SESSION cte_max_recursion_depth = 100000",
        "%s WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT %s FROM n"
            .formatted(into, first, last, what));
  }

  private int count(String where) {
    return Integer.parseInt(
        server.query("SELECT COUNT(*) FROM %s WHERE %s".formatted(tables.fresh, where)));
  }
}
