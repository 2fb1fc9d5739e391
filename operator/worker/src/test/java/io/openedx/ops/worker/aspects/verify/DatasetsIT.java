package io.openedx.ops.worker.aspects.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Verdict;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.superset.SupersetDatabase;
import io.openedx.ops.worker.aspects.superset.SupersetTables;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.StopSignal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Superset's datasets read is there, or it is said. */
@ExtendWith(MySqlServers.class)
class DatasetsIT {
  private static final Map<TableName, Form> THERE =
      Map.of(
          new TableName("reporting", "fact_enrollments"), Form.VIEW,
          new TableName("reporting", "fact_student_status"), Form.VIEW,
          new TableName("event_sink", "course_overviews"), Form.TABLE,
          new TableName("reporting", "of_the_team"), Form.VIEW);

  @Test
  void whatIsReadIsThereOrNamed(@MySqlServers.Named("superset") MySqlServer server)
      throws SQLException {
    var superset =
        SupersetTables.made(server, "superset", "reporting")
            .dataset("fact_enrollments", "'reporting'", "NULL")
            .dataset("of_the_team", "NULL", "NULL")
            .dataset("gone", "'reporting'", "''")
            .dataset(
                "old", "'reporting'", "'SELECT s.actor_id FROM reporting.fact_student_status s'")
            .dataset(
                "ours",
                "NULL",
                "'SELECT * FROM `reporting`.`of_the_team` JOIN event_sink.course_overviews o USING course_key WHERE o.org = ''x'''")
            .dataset("broken", "'reporting'", "'SELECT 1 FROM \"reporting\".\"dim_at_risk\"'")
            .elsewhere("nothing of ours", "reporting")
            .as("admin", server.password());
    assertThat(datasets().section(superset).proofs())
        .extracting(Proof::subject, Proof::verdict, Proof::reason)
        .containsExactlyInAnyOrder(
            tuple("reporting.fact_enrollments", Verdict.PROVEN, "Proven"),
            tuple("reporting.gone", Verdict.DOUBTFUL, "DatasetBroken"),
            tuple("reporting.old", Verdict.DOUBTFUL, "DatasetOld"),
            tuple("of_the_team", Verdict.PROVEN, "Proven"),
            tuple("ours", Verdict.PROVEN, "Proven"),
            tuple("reporting.broken", Verdict.DOUBTFUL, "DatasetBroken"));
    assertThat(datasets().section(superset).proofs())
        .filteredOn(each -> each.reason().equals("DatasetOld"))
        .allMatch(each -> each.sentence().contains("reporting.dim_student_status"));
  }

  @Test
  void aDatabaseThatCannotBeReadIsToldAndStopsNothing(
      @MySqlServers.Named("superset") MySqlServer server) {
    var superset =
        SupersetDatabase.of(
            server.host(), server.port(), "superset", new Credentials("nobody", "wr0ng"));
    assertThat(datasets().section(superset).proofs())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.reason()).isEqualTo("DatasetsNotRead");
              assertThat(each.sentence()).doesNotContain("wr0ng");
            });
  }

  private static Datasets datasets() {
    var address = new Address("clickhouse", 8123, false);
    return new Datasets(
        new Upgraded(
            new ClickHouse(address, new Credentials("", "")),
            CatalogFile.standard(),
            new Facts(
                "1.3.2", "3.0.3", "21.0.9", address, Map.of(), List.of(), List.of(), List.of(),
                List.of(), Map.of()),
            new StopSignal()),
        THERE);
  }
}
