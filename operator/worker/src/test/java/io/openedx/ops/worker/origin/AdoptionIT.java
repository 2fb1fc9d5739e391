package io.openedx.ops.worker.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.drain.DrainTask;
import io.openedx.ops.worker.freeze.FreezeTask;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.LedgerTables;
import io.openedx.ops.worker.preflight.PreflightTask;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.schema.CreateTableTask;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that somebody began with the old shell scripts is recognised, verified and completed. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptionIT {
  private static final int ROWS = 36_000;

  /** Where the site's own rows begin when its counter was set in time. */
  private static final long OWN = ROWS + 10_001L;

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
  void aCopyThatTheScriptsLeftHalfDoneIsCompleted(MySqlServer target) throws Exception {
    var site = site(target, ROWS).liveRows(OWN, 3);
    copiedWithAHole(scripts(site), target == one);
    learnersGoOn(site);

    // By the scripts' own question all is done; what TRUNCATE would take now has no copy.
    assertThat(scripts(site).lastCopied(ROWS)).isEqualTo(ROWS);
    assertThat(missing(site)).isEqualTo(OldScripts.LOST - 7);

    var preflight = new PreflightTask().run(site.context(0));
    assertThat(message(preflight, "IdOverlap"))
        .contains("a copy was begun", OldScripts.LOST - 7 + " rows of the ids")
        .contains("Copy adds what is missing");
    assertThat(risk(preflight, "CopyIsOlder"))
        .contains("3 of its rows were changed there since (ids 5, 6, 7)")
        .contains("7 were deleted there with their learners' states (ids 693, 694");

    new CreateTableTask().run(site.context(0));
    var reconciled = completed(site);

    assertThat(reconciled.evidence())
        .containsEntry("changed", "3")
        .containsEntry("deleted", "7")
        .containsEntry("inserted", "0");
    assertThat(site.dumpNew(OWN)).isEqualTo(site.dumpOld());
    drained(site);
  }

  @Test
  void theSeveredReplicaIsNotTakenForTheOldTable() throws Exception {
    var site = site(two, 3_000);
    scripts(site).copyFrom(0, 3_000, 1);
    two.execute("UPDATE %s SET grade = 7".formatted(besides(site)));
    var preflight = new PreflightTask().run(site.context(0));
    assertThat(message(preflight, "SeveredCopy")).contains(besides(site), "leaves this one alone");
    new CreateTableTask().run(site.context(0));
    completed(site);
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
    drained(site);
    assertThat(two.query("SELECT COUNT(*) FROM " + besides(site))).isEqualTo("3000");
  }

  /** Whoever believes the last copied id finds it out before anything is deleted. */
  @Test
  void aHoleIsSeenByVerifyEvenIfNobodyCopies() throws Exception {
    var site = site(one, ROWS);
    copiedWithAHole(scripts(site), true);
    site.freeze();
    var ledger = site.ledger();
    try (var connection = ledger.open()) {
      new Freezes(ledger).plan(connection, 1);
    }
    one.execute("UPDATE %s SET next_id = hi + 1".formatted(site.control("range")));
    assertThat(refusal(() -> new VerifyTask().run(site.context(0))).getMessage())
        .contains(OldScripts.LOST + " rows are not the same", "MISSING");
    assertThat(one.query("SELECT COUNT(*) FROM " + site.old)).isEqualTo("" + ROWS);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatASlowDeleteLeftIsCompletedAndWhatItTookIsKept(MySqlServer target) throws Exception {
    var site = site(target, ROWS).liveRows(OWN, 3);
    var scripts = scripts(site);
    scripts.copyFrom(0, ROWS, 1);
    scripts.copyFrom(scripts.lastCopied(ROWS), ROWS, 4);
    OldScripts.slowDelete(one, site.old, 0, ROWS);
    var lowest = Long.parseLong(one.query("SELECT MIN(id) FROM " + site.old));
    assertThat(lowest).isEqualTo(19_999);
    target.execute("DELETE FROM %s WHERE id IN (25000, 25001)".formatted(site.fresh));
    var kept = Tables.dump(target, site.fresh, lowest);

    var preflight = new PreflightTask().run(site.context(0));
    assertThat(risk(preflight, "OnlyInNewTable"))
        .contains(kept.size() + " rows from id 1 on", "nobody can compare them")
        .contains("The widest run of absent ids is 9999 to 19996, 9998 ids");
    assertThat(preflight.findings()).noneMatch(each -> each.check().equals("CopyIsOlder"));

    new CreateTableTask().run(site.context(0));
    completed(site);
    assertThat(target.query("SELECT min_id FROM " + site.control("run"))).isEqualTo("19999");
    assertThat(Tables.dump(target, site.fresh, lowest)).isEqualTo(kept);
    var copied = site.dumpNew(OWN);
    assertThat(copied.subList(kept.size(), copied.size())).isEqualTo(site.dumpOld());
    drained(site);
    assertThat(site.dumpNew(OWN)).isEqualTo(copied);
  }

  /** Live rows meet the first chunk, and later ones take the ids above the last copied one. */
  @Test
  void liveRowsBelowTheCounterThatWasNeverSetAreACollision() throws Exception {
    var site = site(one, ROWS);
    own(site, 2);
    var scripts = scripts(site);
    scripts.copyInsideOneServer(ROWS, 2);
    own(site, 1);
    scripts.copyInsideOneServer(ROWS, 4);
    one.execute("DELETE FROM %s WHERE id = 20000".formatted(site.old));
    var before = site.dumpNew(Long.MAX_VALUE);

    var failure = refusal(() -> new PreflightTask().run(site.context(0)));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(failure.getMessage()).contains("3 rows", "(ids 1, 2, 20000)");
    var creation = refusal(() -> new CreateTableTask().run(site.context(0)));
    assertThat(creation.reason()).isEqualTo("IdCollision");
    new LedgerTables(site.newDatabase).create(site.target.connect());
    var freeze = refusal(() -> new FreezeTask().run(site.context(0)));
    assertThat(freeze.reason()).isEqualTo("IdCollision");
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(before);
  }

  /** Below the lowest old id, too: the site's rows are younger than what the slow delete left. */
  @Test
  void liveRowsBelowASlowDeleteAreACollision() throws Exception {
    var site = site(one, 30_000);
    own(site, 3);
    scripts(site).copyInsideOneServer(30_000, 4);
    OldScripts.slowDelete(one, site.old, 0, 30_000);
    assertThat(refusal(() -> new PreflightTask().run(site.context(0))).getMessage())
        .contains("3 rows", "(ids 1, 2, 3)");
  }

  @Test
  void aCopyWhoseOriginalWentWithoutItsStateIsForAHuman() throws Exception {
    var site = site(one, 3_000);
    scripts(site).copyInsideOneServer(3_000, 1);
    one.execute("DELETE FROM %s WHERE student_module_id = 100".formatted(site.old));
    var failure = refusal(() -> new PreflightTask().run(site.context(0)));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("OriginalsGone");
    assertThat(failure.getMessage()).contains("7 rows", "693, 694", "grant it SELECT");

    one.execute("DELETE FROM %s WHERE id = 100".formatted(states(site)));
    assertThat(risk(new PreflightTask().run(site.context(0)), "CopyIsOlder")).contains("7 were");

    one.execute("DROP TABLE " + states(site));
    assertThat(refusal(() -> new PreflightTask().run(site.context(0))).reason())
        .isEqualTo("OriginalsGone");
  }

  /** After the freeze, too, only what is known to be a copy of a deleted state goes. */
  @Test
  void reconcileDeletesNoRowOfWhichItIsNotCertain() throws Exception {
    var site = site(one, 3_000);
    scripts(site).copyInsideOneServer(3_000, 1);
    site.freeze();
    new CopyTask().run(site.context(0));

    deleteStates(site, "100, 200");
    one.execute("UPDATE %s SET created = NOW(6) WHERE id = 1399".formatted(site.fresh));
    assertThat(reconcileRefusal(site).getMessage()).contains("1399 EXTRA", "site's own row");
    assertThat(one.query("SELECT COUNT(*) FROM " + site.fresh)).isEqualTo("3000");
    one.execute("DELETE FROM %s WHERE id = 1399".formatted(site.fresh));

    one.execute("DELETE FROM %s WHERE id = 1000".formatted(site.old));
    assertThat(reconcileRefusal(site).getMessage()).contains("1000 EXTRA", "state was deleted");
    one.execute("DELETE FROM %s WHERE id = 1000".formatted(site.fresh));

    one.execute("UPDATE %s SET student_module_id = 9999 WHERE id = 1001".formatted(site.fresh));
    assertThat(reconcileRefusal(site).getMessage()).contains("1001 DIFFERENT");
    one.execute("DELETE FROM %s WHERE id = 1001".formatted(site.fresh));

    one.execute("DELETE FROM %s WHERE id < 500".formatted(site.old));
    assertThat(reconcileRefusal(site).getMessage()).contains("1 EXTRA", "slow delete", "still");
    assertThat(one.query("SELECT COUNT(*) FROM %s WHERE id < 500".formatted(site.fresh)))
        .isEqualTo("499");
  }

  private TaskFailure reconcileRefusal(Tables site) {
    var failure = refusal(() -> new ReconcileTask().run(site.context(0)));
    assertThat(failure.reason()).isEqualTo("ForeignRows");
    return failure;
  }

  /** An old table, its states, and an empty new table; beside it what the scripts read. */
  private Tables site(MySqlServer target, int rows) {
    var site = new Tables(one, target).rows(1, rows, 1, 40);
    one.execute(
        "CREATE TABLE %s (id int NOT NULL PRIMARY KEY)".formatted(states(site)),
        "INSERT INTO %s SELECT DISTINCT student_module_id FROM %s"
            .formatted(states(site), site.old));
    if (target != one) {
      var replica = new Tables(target, target).rows(1, rows, 1, 40);
      target.execute(
          "CREATE TABLE %s LIKE %s".formatted(besides(site), replica.old),
          "INSERT INTO %s SELECT * FROM %s".formatted(besides(site), replica.old));
    }
    return site;
  }

  private static OldScripts scripts(Tables site) {
    return new OldScripts(
        site.target, site.source == site.target ? site.old : besides(site), site.fresh);
  }

  /** Killed in mid-way, started again at the last copied id. */
  private static void copiedWithAHole(OldScripts scripts, boolean oneServer) {
    if (oneServer) {
      scripts.copyInsideOneServer(ROWS, 2);
      scripts.copyInsideOneServer(ROWS, 2);
    } else {
      scripts.copyFrom(0, ROWS, 2);
    }
    scripts.copyFrom(scripts.lastCopied(ROWS), ROWS, 4);
  }

  /** After the scripts: a copied state and one of the hole go, three copied rows change. */
  private void learnersGoOn(Tables site) {
    deleteStates(site, "100, 3000");
    one.execute(
        "UPDATE %s SET state = 'later', grade = 1 WHERE id = 5".formatted(site.old),
        "UPDATE %s SET state = NULL, created = created + INTERVAL 2 SECOND WHERE id = 6"
            .formatted(site.old),
        "UPDATE %s SET max_grade = '-0' WHERE id = 7".formatted(site.old));
  }

  /** By a process without the app, or far from the severed replica: the new table hears nothing. */
  private void deleteStates(Tables site, String ids) {
    one.execute(
        "DELETE FROM %s WHERE id IN (%s)".formatted(states(site), ids),
        "DELETE FROM %s WHERE student_module_id IN (%s)".formatted(site.old, ids));
  }

  /** The site's own rows, with the next ids of the new table. */
  private static void own(Tables site, int rows) {
    for (int row = 0; row < rows; row++) {
      site.target.execute(
          "INSERT INTO %s (created, student_module_id, state) VALUES (NOW(6), 1, 'live')"
              .formatted(site.fresh));
    }
  }

  private TaskResult completed(Tables site) throws SQLException {
    new FreezeTask().run(site.context(0));
    new CopyTask().run(site.context(0));
    var reconciled = new ReconcileTask().run(site.context(0));
    var verified = new VerifyTask().run(site.context(0));
    assertThat(verified.evidence())
        .containsEntry("differences", "0")
        .containsEntry("rows", one.query("SELECT COUNT(*) FROM " + site.old));
    return reconciled;
  }

  private void drained(Tables site) throws SQLException {
    var before = site.dumpNew(Long.MAX_VALUE);
    var result = new DrainTask().run(site.context(0));
    assertThat(one.query("SELECT COUNT(*) FROM " + site.old)).isEqualTo("0");
    assertThat(result.findings()).isEmpty();
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(before);
  }

  private int missing(Tables site) throws SQLException {
    var there = site.dumpNew(OWN).stream().map(AdoptionIT::id).toList();
    var ids = new HashSet<>(site.dumpOld().stream().map(AdoptionIT::id).toList());
    there.forEach(ids::remove);
    return ids.size();
  }

  private static String id(String row) {
    return row.substring(0, row.indexOf('|'));
  }

  private static String states(Tables site) {
    return site.oldDatabase + "." + HistoryTable.STATES;
  }

  /** The severed copy of the old table, in the new one's schema. */
  private static String besides(Tables site) {
    return site.newDatabase + "." + HistoryTable.OLD;
  }

  private static TaskFailure refusal(ThrowingCallable task) {
    var failure = catchThrowableOfType(TaskFailure.class, task);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static String risk(TaskResult result, String check) {
    assertThat(result.findings())
        .anyMatch(each -> each.check().equals(check) && each.severity() == Severity.RISK);
    return message(result, check);
  }

  private static String message(TaskResult result, String check) {
    return result.findings().stream()
        .filter(each -> each.check().equals(check))
        .map(Finding::message)
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " not in " + result.findings()));
  }
}
