package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.Site;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the users may do: every grant is really missing. */
class GrantsIT extends PreflightStage {
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
  void truncateNeedsDropAlterAndTheLock() throws SQLException {
    var site = Site.with(source, target, 1);
    site.drain = "Truncate";
    assertThat(refused(site).getMessage())
        .contains("lacks DROP")
        .contains("lacks ALTER")
        .contains("GRANT LOCK TABLES ON `" + site.sourceDatabase + "`.*");
    site.grantOld("DROP, ALTER");
    assertThat(refused(site).getMessage()).contains("lacks LOCK TABLES");
    site.grantLock();
    assertThat(ready(site).reason()).isEqualTo("Ready");
  }

  @Test
  void aRoleGrantsToo() throws SQLException {
    var site = Site.with(source, target, 1);
    site.drain = "Truncate";
    site.grantLock();
    source.execute(
        "CREATE ROLE " + site.name + "_role",
        "GRANT DROP, ALTER ON " + site.old() + " TO " + site.name + "_role",
        "GRANT " + site.name + "_role TO " + site.sourceUser(),
        "SET DEFAULT ROLE ALL TO " + site.sourceUser());
    assertThat(ready(site).reason()).isEqualTo("Ready");
  }

  @Test
  void aroundASiteTheStatesAreReadToo() throws SQLException {
    var site = Site.with(source, target, 1);
    site.around = true;
    var states = "`" + site.sourceDatabase + "`.`courseware_studentmodule`";
    source.execute("CREATE TABLE " + states + " (id int NOT NULL AUTO_INCREMENT PRIMARY KEY)");
    assertThat(refused(site).getMessage()).contains("GRANT SELECT ON " + states);
    source.execute("GRANT SELECT ON " + states + " TO " + site.sourceUser());
    assertThat(ready(site).reason()).isEqualTo("Ready");
  }

  @Test
  void insideOneServerTheTargetUserReadsTheOldTable() {
    var site = Site.with(source, source, 1);
    source.execute("REVOKE SELECT ON " + site.old() + " FROM " + site.targetUser());
    assertThat(refused(site).getMessage()).contains("to copy inside the server");
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

  @Test
  void triggersThatCannotBeSeenAreSaidSo() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("REVOKE TRIGGER ON " + site.old() + " FROM " + site.sourceUser());
    assertThat(risks(ready(site))).containsExactly("TriggersNotSeen");
  }
}
