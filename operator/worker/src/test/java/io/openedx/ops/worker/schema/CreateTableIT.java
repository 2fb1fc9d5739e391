package io.openedx.ops.worker.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MySqlServers.class)
class CreateTableIT {
  private Site site;

  @BeforeEach
  void site(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    site = Site.with(source, target, 500);
  }

  @Test
  void makesDjangosTableWithItsCounterAboveTheOldIds() throws SQLException {
    site.makeDatabase();
    assertThat(run().evidence())
        .containsEntry("autoIncrement", "10500")
        .containsEntry("maxOldId", "500")
        .containsEntry("collation", "utf8mb4_unicode_ci");
    assertThat(nextId()).isEqualTo("10500");
    assertThat(
            site.target.query(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '"
                    + site.targetDatabase
                    + "' AND table_name LIKE 'openedx\\_ops\\_csmh\\_%'"))
        .isEqualTo("3");
    assertThat(
            site.target.query(
                "SHOW INDEX FROM " + site.extended() + " WHERE Key_name = 'student_module_idx'"))
        .isEqualTo(Site.EXTENDED);
  }

  @Test
  void theCounterSurvivesARestart(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("restarted") MySqlServer target)
      throws SQLException {
    site = Site.with(source, target, 500);
    site.makeDatabase();
    run();
    target.stop();
    target.start();
    try (var connection = site.context().target().open()) {
      assertThat(AutoIncrement.read(connection, TableName.extended(site.order())))
          .isEqualTo(10_500);
    }
    assertThat(nextId()).isEqualTo("10500");
  }

  @Test
  void readsTheCounterPastTheServersCache() throws SQLException {
    site.makeDatabase();
    run();
    try (var connection = site.context().target().open()) {
      var table = TableName.extended(site.order());
      assertThat(AutoIncrement.read(connection, table)).isEqualTo(10_500);
      site.target.execute("ALTER TABLE " + site.extended() + " AUTO_INCREMENT = 77777");
      assertThat(AutoIncrement.read(connection, table)).isEqualTo(77_777);
    }
  }

  @Test
  void takesDjangosOwnTableAndRaisesItsCounter() throws SQLException {
    site.makeExtended();
    assertThat(run().evidence()).containsEntry("autoIncrement", "10500");
    assertThat(run().evidence()).containsEntry("autoIncrement", "10500");
  }

  @Test
  void aHigherCounterStays() throws SQLException {
    site.makeExtended();
    site.target.execute("ALTER TABLE " + site.extended() + " AUTO_INCREMENT = 999999");
    assertThat(run().evidence()).containsEntry("autoIncrement", "999999");
  }

  @Test
  void anEmptyOldTableGetsTheMarginToo() throws SQLException {
    site.source.execute("TRUNCATE " + site.old());
    site.makeDatabase();
    assertThat(run().evidence()).containsEntry("autoIncrement", "10000");
  }

  @Test
  void liveRowsAtOldIdsAreACollisionAndNothingIsChanged() {
    site.makeExtended();
    site.target.execute(
        "INSERT INTO "
            + site.extended()
            + " (created, student_module_id) VALUES (NOW(6), 1), (NOW(6), 2)");
    var failure = refused();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(failure.getMessage()).contains("2 rows", "(ids 1, 2)");
    assertThat(nextId()).isEqualTo("3");
  }

  @Test
  void aTableThatCannotHoldTheRowsIsRefused() {
    site.makeExtended("state text", "student_module_id bigint unsigned NOT NULL");
    var failure = refused();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.getMessage()).contains("state is text");
  }

  private TaskResult run() throws SQLException {
    return new CreateTableTask().run(site.context());
  }

  private TaskFailure refused() {
    var failure = catchThrowableOfType(TaskFailure.class, this::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** What a row of the site really gets. */
  private String nextId() {
    site.target.execute(
        "INSERT INTO " + site.extended() + " (created, student_module_id) VALUES (NOW(6), 1)");
    return site.target.query("SELECT MAX(id) FROM " + site.extended());
  }
}
