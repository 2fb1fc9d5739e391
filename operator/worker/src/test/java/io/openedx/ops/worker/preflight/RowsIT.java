package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the rows hold: every finding is caused by real rows. */
class RowsIT extends PreflightStage {
  @Test
  void anEmptyOldTableIsNothingToCopy() throws SQLException {
    assertThat(ready(Site.with(source, target, 0)).reason()).isEqualTo("NothingToCopy");
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
  void drainingTakesRoomByWhatItLogsAndGivesItBackByItsMethod() throws SQLException {
    var site = Site.with(source, target, 60_000);
    source.execute("ANALYZE TABLE " + site.old());
    assertThat(message(ready(site), "DrainSpace"))
        .containsPattern("SlowDelete writes about [1-9][0-9]* MiB to the binary log")
        .containsPattern("keeps its [1-9][0-9]* MiB: .* OPTIMIZE TABLE");
    site.drain = "Truncate";
    source.execute("GRANT DROP, ALTER ON " + site.old() + " TO " + site.sourceUser() + "@'%'");
    site.grantLock();
    assertThat(message(ready(site), "DrainSpace")).contains("MiB back at once");
    site.drain = "Keep";
    assertThat(ready(site).findings()).noneMatch(each -> each.check().equals("DrainSpace"));
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
        "UPDATE " + site.extended() + " SET created = NOW(6) WHERE id IN (3, 2101)",
        "UPDATE " + site.extended() + " SET student_module_id = 1 WHERE id = 4");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.getMessage()).contains("3 rows", "(ids 3, 4, 2101)");
  }

  @Test
  void rowsThatWereChangedInTheOldTableSinceAreARisk() throws SQLException {
    var site = Site.with(source, target, 300);
    site.makeExtended();
    copy(site, "id <= 250");
    source.execute("UPDATE " + site.old() + " SET grade = NULL WHERE id IN (3, 4)");
    var result = ready(site);
    assertThat(risks(result)).containsExactly("CopyIsOlder");
    assertThat(message(result, "CopyIsOlder")).contains("2 of its rows", "(ids 3, 4)");
  }

  @Test
  void aCopyWithoutItsOriginalIsAskedForItsState() throws SQLException {
    var site = Site.with(source, target, 300);
    site.makeExtended();
    copy(site, "id <= 250");
    var states = "`" + site.sourceDatabase + "`.`courseware_studentmodule`";
    source.execute(
        "DELETE FROM " + site.old() + " WHERE id = 100",
        "CREATE TABLE " + states + " (id int NOT NULL PRIMARY KEY)");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("OriginalsGone");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.getMessage()).contains("(ids 100)", "grant it SELECT");
    source.execute("GRANT SELECT ON " + states + " TO " + site.sourceUser());
    assertThat(message(ready(site), "CopyIsOlder")).contains("1 were deleted there", "(ids 100)");
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
  void aRowLargerThanAPacket(
      @MySqlServers.Named(value = "small-packet", flags = "--max-allowed-packet=1M")
          MySqlServer small) {
    var site = Site.with(source, small, 3);
    source.execute("UPDATE " + site.old() + " SET state = REPEAT('x', 900000) WHERE id = 2");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("PacketTooSmall");
    assertThat(failure.getMessage()).contains("the largest state is 900000 bytes", "= 4194304");
  }
}
