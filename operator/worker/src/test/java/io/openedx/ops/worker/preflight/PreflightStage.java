package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two servers, and what preflight says of a site on them. */
@ExtendWith(MySqlServers.class)
abstract class PreflightStage {
  MySqlServer source;
  MySqlServer target;

  @BeforeEach
  void servers(
      @MySqlServers.Named("source") MySqlServer sourceServer,
      @MySqlServers.Named("target") MySqlServer targetServer) {
    source = sourceServer;
    target = targetServer;
  }

  static void copy(Site site, String where) {
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

  static TaskResult ready(Site site) throws SQLException {
    return new PreflightTask().run(site.context());
  }

  static TaskFailure refused(Site site) {
    var failure =
        catchThrowableOfType(TaskFailure.class, () -> new PreflightTask().run(site.context()));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("src'\"\\pw");
    return failure;
  }

  static List<String> risks(TaskResult result) {
    return result.findings().stream()
        .filter(each -> each.severity() == Severity.RISK)
        .map(Finding::check)
        .toList();
  }

  static String message(TaskResult result, String check) {
    return result.findings().stream()
        .filter(each -> each.check().equals(check))
        .map(Finding::message)
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " not in " + result.findings()));
  }
}
