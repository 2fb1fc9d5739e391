package io.openedx.ops.worker.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MySqlServers.class)
class CreateDatabaseIT {
  private Site site;

  @BeforeEach
  void site(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    site = Site.with(source, target, 3);
  }

  @Test
  void makesTheDatabaseWithTheSourcesCollationAndLeavesNothingElse() throws SQLException {
    assertThat(run().evidence())
        .containsEntry("collation", "utf8mb4_unicode_ci")
        .doesNotContainKey("applicationUser");
    assertThat(
            count("information_schema.TABLES WHERE TABLE_SCHEMA = '" + site.targetDatabase + "'"))
        .isEqualTo("0");
    assertThat(run().reason()).isEqualTo("DatabaseReady");
  }

  @Test
  void removesTheScratchTableThatAKilledPodLeft() throws SQLException {
    site.makeDatabase();
    site.target.execute(
        "CREATE TABLE `" + site.targetDatabase + "`.openedx_ops_scratch (other int)");
    assertThat(run().reason()).isEqualTo("DatabaseReady");
    assertThat(
            count("information_schema.TABLES WHERE TABLE_SCHEMA = '" + site.targetDatabase + "'"))
        .isEqualTo("0");
  }

  @Test
  void namesTheGrantThatIsMissing() {
    site.makeDatabase();
    site.target.execute(
        "REVOKE INDEX ON `" + site.targetDatabase + "`.* FROM " + site.targetUser());
    var failure = refused();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage()).contains("INDEX command denied", "GRANT SELECT");
  }

  @Test
  void makesAndGrantsTheApplicationUserOnce() throws SQLException {
    allowUsers();
    assertThat(run().evidence()).containsEntry("applicationUser", "made, granted");
    assertThat(run().evidence())
        .containsEntry("applicationUser", "there already, grants there already");
    try (var connection =
        site.target.connect(
            site.applicationUser(), site.applicationPassword, site.targetDatabase)) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void grantsAUserThatTheSiteMade() throws SQLException {
    allowUsers();
    site.applicationPassword = "theirs";
    site.target.execute("CREATE USER " + site.applicationUser() + " IDENTIFIED BY 'theirs'");
    assertThat(run().evidence()).containsEntry("applicationUser", "there already, granted");
  }

  @Test
  void neverChangesAPassword() throws SQLException {
    allowUsers();
    site.target.execute("CREATE USER " + site.applicationUser() + " IDENTIFIED BY 'theirs'");
    var failure = refused();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("ApplicationPassword");
    assertThat(failure.getMessage())
        .contains(site.applicationUser(), "not changed")
        .doesNotContain(site.applicationPassword);
    try (var connection = site.target.connect(site.applicationUser(), "theirs", "")) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void saysWhoLacksCreateUser() {
    site.application = true;
    var failure = refused();
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage())
        .contains("lacks CREATE USER")
        .doesNotContain(site.applicationPassword);
  }

  private void allowUsers() {
    site.application = true;
    site.target.execute(
        "GRANT CREATE USER ON *.* TO " + site.targetUser(),
        "GRANT GRANT OPTION ON `" + site.targetDatabase + "`.* TO " + site.targetUser());
  }

  private TaskResult run() throws SQLException {
    return new CreateDatabaseTask().run(site.context());
  }

  private TaskFailure refused() {
    var failure = catchThrowableOfType(TaskFailure.class, this::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  private String count(String where) {
    return site.target.query("SELECT COUNT(*) FROM " + where);
  }
}
