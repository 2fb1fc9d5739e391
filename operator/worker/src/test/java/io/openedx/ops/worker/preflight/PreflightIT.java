package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every finding is caused by a real state of a real server. */
@ExtendWith(MySqlServers.class)
class PreflightIT {
  private MySqlServer source;
  private MySqlServer target;

  @BeforeEach
  void servers(
      @MySqlServers.Named("source") MySqlServer sourceServer,
      @MySqlServers.Named("target") MySqlServer targetServer) {
    source = sourceServer;
    target = targetServer;
  }

  @Test
  void aHealthySiteIsReadyAndMeasured() throws SQLException {
    var result = ready(Site.with(source, target, 1_000));
    assertThat(result.reason()).isEqualTo("Ready");
    assertThat(result.findings()).noneMatch(each -> each.severity() != Severity.OK);
    assertThat(result.evidence())
        .containsEntry("sameServer", "false")
        .containsEntry("engine", "Stream")
        .containsEntry("rowsEstimate", "1000")
        .containsEntry("minId", "1")
        .containsEntry("maxId", "1000")
        .containsEntry("sourceServerUuid", source.query("SELECT @@server_uuid"))
        .containsEntry("targetServerUuid", target.query("SELECT @@server_uuid"))
        .containsKeys("durationEstimateSeconds", "estimateMethod", "dataBytes", "averageRowBytes");
    assertThat(result.evidence().get("tlsSource")).startsWith("TLSv1.");
  }

  @Test
  void nothingIsTouched() throws SQLException {
    var site = Site.with(source, target, 10);
    site.makeExtended();
    var binlog = target.query("SELECT @@gtid_executed");
    ready(site);
    assertThat(target.query("SELECT @@gtid_executed")).isEqualTo(binlog);
  }

  @Test
  void oneServerIsCopiedInside() throws SQLException {
    var result = ready(Site.with(source, source, 10));
    assertThat(result.evidence())
        .containsEntry("sameServer", "true")
        .containsEntry("engine", "InsertSelect");
  }

  @Test
  void anEmptyOldTableIsNothingToCopy() throws SQLException {
    assertThat(ready(Site.with(source, target, 0)).reason()).isEqualTo("NothingToCopy");
  }

  @Test
  void wrongPassword() {
    var site = Site.with(source, target, 1);
    site.sourcePassword = "wrong";
    var failure = refused(site);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("AccessDenied");
    assertThat(failure.getMessage())
        .contains(site.sourceUser(), "Check the Secret of spec.source")
        .doesNotContain("wrong\"");
  }

  @Test
  void unknownHost() {
    var site = Site.with(source, target, 1);
    site.sourceHost = "no-such-host.invalid";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("UnknownHost");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.getMessage()).contains("no-such-host.invalid does not resolve");
    assertThat(failure.evidence()).containsKey("serverTarget").doesNotContainKey("serverSource");
  }

  @Test
  void aServerThatDoesNotAnswerIsTriedAgain() {
    var site = Site.with(source, target, 1);
    site.sourceHost = "127.0.0.9"; // this machine, but no server of ours listens there
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ServerUnreachable");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
  }

  @Test
  void aCaThatIsNotThere() {
    var site = Site.with(source, target, 1);
    site.sourceTls = "VerifyCa";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("TlsFailed");
    assertThat(failure.getMessage()).contains("spec.source.tls.mode VerifyCa");
  }

  @Test
  void aCaThatDidNotSignTheServer(@TempDir Path folder) throws IOException {
    var site = Site.with(source, target, 1);
    site.sourceTls = "VerifyCa";
    site.caFolder = folder;
    Files.writeString(folder.resolve("source.pem"), Site.FOREIGN_CA);
    assertThat(refused(site).reason()).isEqualTo("TlsFailed");
  }

  @Test
  void requiredFromAServerWithoutTls(
      @MySqlServers.Named(value = "plain", flags = "--tls-version=") MySqlServer plain) {
    var site = Site.with(plain, target, 1);
    site.sourceTls = "Required";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("TlsFailed");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void aLargeTableIsSampledAndSaysSo() throws SQLException {
    var site = Site.with(source, target, 300_000);
    source.execute("ANALYZE TABLE " + site.old());
    var result = ready(site);
    assertThat(message(result, "OldTable")).contains("holds about ");
    assertThat(message(result, "Packets")).contains("rows looked at", "a larger one may exist");
    assertThat(result.evidence().get("estimateMethod")).startsWith("16000 rows read at ");
    assertThat(Long.parseLong(result.evidence().get("rowsEstimate"))).isBetween(150_000L, 300_000L);
  }

  @Test
  void aPlainConnectionIsARisk() throws SQLException {
    var site = Site.with(source, target, 1);
    site.sourceTls = "Disabled";
    assertThat(risks(ready(site))).containsExactly("PlainConnection");
  }

  @Test
  void absentTableOrGrant() {
    var failure = refused(new Site(source, target));
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage()).contains("GRANT SELECT ON", "MySQL says the same");
  }

  @Test
  void absentTable() {
    var site = new Site(source, target);
    source.execute("GRANT SELECT ON *.* TO " + site.sourceUser());
    assertThat(refused(site).reason()).isEqualTo("UnknownTable");
  }

  @Test
  void absentDatabase() {
    var site = new Site(source, target);
    source.execute(
        "GRANT SELECT ON *.* TO " + site.sourceUser(),
        "DROP DATABASE `" + site.sourceDatabase + "`");
    assertThat(refused(site).reason()).isEqualTo("UnknownDatabase");
  }

  @Test
  void everyMissingGrantIsNamedAtOnce() {
    var site = Site.with(source, target, 1);
    source.execute(
        "REVOKE PROCESS ON *.* FROM " + site.sourceUser(),
        "REVOKE DELETE ON " + site.old() + " FROM " + site.sourceUser());
    target.execute(
        "REVOKE INDEX, DROP ON `" + site.targetDatabase + "`.* FROM " + site.targetUser());
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage())
        .contains("GRANT PROCESS ON *.* TO '" + site.sourceUser() + "'@'%'")
        .contains("GRANT DELETE ON " + "`" + site.sourceDatabase + "`.`" + Site.OLD + "`")
        .contains("GRANT INDEX, DROP ON `" + site.targetDatabase + "`.*");
  }

  @Test
  void truncateNeedsDrop() throws SQLException {
    var site = Site.with(source, target, 1);
    site.drain = "Truncate";
    assertThat(refused(site).getMessage()).contains("lacks DROP");
    site.grantOld("DROP");
    assertThat(ready(site).reason()).isEqualTo("Ready");
  }

  @Test
  void aRoleGrantsToo() throws SQLException {
    var site = Site.with(source, target, 1);
    site.drain = "Truncate";
    source.execute(
        "CREATE ROLE " + site.name + "_role",
        "GRANT DROP ON " + site.old() + " TO " + site.name + "_role",
        "GRANT " + site.name + "_role TO " + site.sourceUser(),
        "SET DEFAULT ROLE ALL TO " + site.sourceUser());
    assertThat(ready(site).reason()).isEqualTo("Ready");
  }

  @Test
  void insideOneServerTheTargetUserReadsTheOldTable() {
    var site = Site.with(source, source, 1);
    source.execute("REVOKE SELECT ON " + site.old() + " FROM " + site.targetUser());
    assertThat(refused(site).getMessage()).contains("to copy inside the server");
  }

  @Test
  void aWrongTypeIsNamed() {
    var site = Site.with(source, target, 1);
    source.execute("ALTER TABLE " + site.old() + " MODIFY grade float");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("WrongColumnType");
    assertThat(failure.getMessage()).contains("grade is float");
  }

  @Test
  void everythingWrongWithTheShapeIsNamed() {
    var site = Site.with(source, target, 1);
    source.execute(
        "ALTER TABLE " + site.old() + " DROP COLUMN version, ADD COLUMN tenant int, ENGINE=MyISAM");
    var failure = refused(site);
    assertThat(failure.findings())
        .filteredOn(each -> each.severity() == Severity.BLOCKER)
        .extracting(Finding::check)
        .containsExactlyInAnyOrder("WrongEngine", "UnknownColumn", "ExtraColumn");
    assertThat(failure.getMessage()).contains("no column version", "the column tenant");
  }

  @Test
  void latin1IsARiskOnceTheNewTableIsThere() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("ALTER TABLE " + site.old() + " MODIFY state longtext CHARACTER SET latin1");
    site.makeExtended();
    assertThat(risks(ready(site))).containsExactly("CharsetConverted");
  }

  @Test
  void aNewTableThatCannotHoldEveryCharacter() {
    var site = Site.with(source, target, 1);
    site.makeExtended(
        "state longtext CHARACTER SET utf8mb3", "student_module_id bigint unsigned NOT NULL");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("WrongCharset");
    assertThat(failure.getMessage()).contains("CONVERT TO CHARACTER SET utf8mb4");
  }

  @Test
  void aNarrowModuleIdIsARiskForOldInts() throws SQLException {
    var site = Site.with(source, target, 1);
    site.makeExtended("state longtext", "student_module_id int NOT NULL");
    assertThat(risks(ready(site))).containsExactly("NarrowModuleId");
  }

  @Test
  void aNarrowModuleIdBlocksWiderOnes() {
    var site = new Site(source, target);
    site.makeOld("student_module_id bigint unsigned NOT NULL");
    site.addOld(1, 3);
    site.makeExtended("state longtext", "student_module_id int NOT NULL");
    assertThat(refused(site).reason()).isEqualTo("NarrowModuleId");
  }

  @Test
  void negativeIdsAreListed() {
    var site = Site.with(source, target, 3);
    source.execute("UPDATE " + site.old() + " SET id = -7 WHERE id = 2");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("NegativeIds");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.getMessage()).contains("-7");
  }

  @Test
  void negativeModuleIdsAreListedAndCounted() {
    var site = Site.with(source, target, 50);
    source.execute(
        "UPDATE " + site.old() + " SET student_module_id = -1 WHERE id > 10 AND id <= 40");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("NegativeModuleIds");
    assertThat(failure.getMessage()).contains("30 rows", "(ids 11, 12,", "…)");
  }

  @Test
  void zeroDatesAreFine() throws SQLException {
    var site = Site.with(source, target, 5);
    source.execute(
        "SET SESSION sql_mode = ''", "UPDATE " + site.old() + " SET created = 0 WHERE id < 3");
    assertThat(message(ready(site), "ZeroDates")).contains("2 rows");
  }

  @Test
  void identicalRowsAreACopyThatWasBegun() throws SQLException {
    var site = Site.with(source, target, 3_000);
    site.makeExtended();
    copy(site, "id <= 2500");
    assertThat(message(ready(site), "IdOverlap")).contains("2500 rows that are identical");
  }

  @Test
  void differentRowsCollide() {
    var site = Site.with(source, target, 3_000);
    site.makeExtended();
    copy(site, "id <= 2500");
    target.execute(
        "UPDATE " + site.extended() + " SET state = NULL WHERE id IN (3, 2101)",
        "UPDATE " + site.extended() + " SET grade = NULL WHERE id = 4");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.getMessage()).contains("3 rows", "(ids 3, 4, 2101)");
  }

  @Test
  void aRowThatTheOldTableNeverHadCollidesToo() {
    var site = Site.with(source, target, 10);
    source.execute("DELETE FROM " + site.old() + " WHERE id = 5");
    site.makeExtended();
    target.execute(
        "INSERT INTO "
            + site.extended()
            + " (id, created, student_module_id) VALUES (5, NOW(6), 1)");
    assertThat(refused(site).getMessage()).contains("(ids 5)");
  }

  @Test
  void afterAFreezeDifferencesAreReconciles() throws SQLException {
    var site = Site.with(source, target, 10);
    site.makeExtended();
    target.execute(
        "INSERT INTO "
            + site.extended()
            + " (id, created, student_module_id) VALUES (5, NOW(6), 1)",
        "CREATE TABLE `" + site.targetDatabase + "`.openedx_ops_csmh_range (range_id int)",
        "INSERT INTO `" + site.targetDatabase + "`.openedx_ops_csmh_range VALUES (1)");
    assertThat(message(ready(site), "CopyBegun")).contains("1 have changed or vanished");
  }

  @Test
  void aTriggerOnInsertBlocks() {
    var site = Site.with(source, target, 1);
    site.makeExtended();
    target.execute(
        "CREATE TRIGGER `"
            + site.targetDatabase
            + "`.watcher BEFORE INSERT ON "
            + site.extended()
            + " FOR EACH ROW SET NEW.grade = 0");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("InsertTrigger");
    assertThat(failure.getMessage()).contains("watcher");
  }

  @Test
  void aTriggerOnDeleteIsARisk() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute(
        "CREATE TRIGGER `"
            + site.sourceDatabase
            + "`.gone AFTER DELETE ON "
            + site.old()
            + " FOR EACH ROW SET @gone = 1");
    assertThat(risks(ready(site))).containsExactly("DeleteTrigger");
  }

  @Test
  void triggersThatCannotBeSeenAreSaidSo() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("REVOKE TRIGGER ON " + site.old() + " FROM " + site.sourceUser());
    assertThat(risks(ready(site))).containsExactly("TriggersNotSeen");
  }

  @Test
  void aForeignKeyToTheOldTableBlocksTheDrain() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute(
        "CREATE TABLE `"
            + site.sourceDatabase
            + "`.notes (history int, FOREIGN KEY (history) REFERENCES "
            + site.old()
            + " (id))");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ForeignKey");
    assertThat(failure.getMessage()).contains("/notes");
    site.drain = "Keep";
    assertThat(risks(ready(site))).containsExactly("ForeignKey");
  }

  @Test
  void aForeignKeyOfTheNewTableBlocksTheCopy() {
    var site = Site.with(source, target, 1);
    site.makeExtended();
    target.execute(
        "CREATE TABLE `" + site.targetDatabase + "`.module (id bigint unsigned PRIMARY KEY)",
        "ALTER TABLE "
            + site.extended()
            + " ADD CONSTRAINT fk FOREIGN KEY (student_module_id) REFERENCES `"
            + site.targetDatabase
            + "`.module (id)");
    assertThat(refused(site).getMessage()).contains("DROP FOREIGN KEY `fk`");
  }

  @Test
  void aRowLargerThanAPacket(
      @MySqlServers.Named(value = "small-packet", flags = "--max-allowed-packet=1M")
          MySqlServer small) {
    var site = Site.with(source, small, 3);
    source.execute("UPDATE " + site.old() + " SET state = REPEAT('x', 900000) WHERE id = 2");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("PacketTooSmall");
    assertThat(failure.getMessage()).contains("the largest state is 900000 bytes", "= 4194304");
  }

  @Test
  void aReadOnlyTarget() throws SQLException {
    var site = Site.with(source, target, 1);
    target.execute("SET GLOBAL super_read_only = 1");
    try {
      var failure = refused(site);
      assertThat(failure.reason()).isEqualTo("ReadOnlyServer");
      assertThat(failure.getMessage()).contains("super_read_only=ON");
    } finally {
      target.execute("SET GLOBAL read_only = 0");
    }
  }

  @Test
  void aReadOnlySourceMattersToTheDrainOnly() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("SET GLOBAL read_only = 1");
    try {
      assertThat(refused(site).reason()).isEqualTo("ReadOnlyServer");
      site.drain = "Keep";
      assertThat(ready(site).reason()).isEqualTo("Ready");
    } finally {
      source.execute("SET GLOBAL read_only = 0");
    }
  }

  @Test
  void anotherLockModeTakesTheOtherWay(
      @MySqlServers.Named(value = "lock-mode-1", flags = "--innodb-autoinc-lock-mode=1")
          MySqlServer one)
      throws SQLException {
    var result = ready(Site.with(one, one, 1));
    assertThat(risks(result)).containsExactly("AutoincLockMode");
    assertThat(result.evidence()).containsEntry("engine", "Stream");
  }

  @Test
  void theApplicationUserCanBeMadeOrIsMissed() throws SQLException {
    var site = Site.with(source, target, 1);
    site.application = true;
    assertThat(refused(site).getMessage()).contains("lacks CREATE USER", "lacks GRANT OPTION");
    target.execute(
        "GRANT CREATE USER ON *.* TO " + site.targetUser(),
        "GRANT GRANT OPTION ON `" + site.targetDatabase + "`.* TO " + site.targetUser());
    assertThat(message(ready(site), "ApplicationUser")).contains("can be made");
  }

  private static void copy(Site site, String where) {
    var server = site.source;
    try (var from = server.connect();
        var to = site.target.connect();
        var rows =
            from.createStatement()
                .executeQuery(
                    "SELECT id, version, created, state, grade, max_grade, student_module_id FROM "
                        + site.old()
                        + " WHERE "
                        + where);
        var insert =
            to.prepareStatement(
                "INSERT INTO "
                    + site.extended()
                    + " (id, version, created, state, grade, max_grade, student_module_id)"
                    + " VALUES (?,?,?,?,?,?,?)")) {
      to.setAutoCommit(false);
      while (rows.next()) {
        for (int i = 1; i <= 7; i++) {
          insert.setString(i, rows.getString(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
      to.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TaskResult ready(Site site) throws SQLException {
    return new PreflightTask().run(site.context());
  }

  private static TaskFailure refused(Site site) {
    var failure =
        catchThrowableOfType(TaskFailure.class, () -> new PreflightTask().run(site.context()));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("src'\"\\pw");
    return failure;
  }

  private static List<String> risks(TaskResult result) {
    return result.findings().stream()
        .filter(each -> each.severity() == Severity.RISK)
        .map(Finding::check)
        .toList();
  }

  private static String message(TaskResult result, String check) {
    return result.findings().stream()
        .filter(each -> each.check().equals(check))
        .map(Finding::message)
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " not in " + result.findings()));
  }
}
