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
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.StopSignal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Superset's tables on a real MySQL server, with the columns that are read. */
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
    server.execute(
        "DROP DATABASE IF EXISTS superset",
        "CREATE DATABASE superset",
        "CREATE TABLE superset.dbs (id INT PRIMARY KEY, sqlalchemy_uri VARCHAR(1024))",
        "CREATE TABLE superset.`tables` (id INT PRIMARY KEY, table_name VARCHAR(250), `schema` VARCHAR(255), `sql` MEDIUMTEXT, database_id INT)",
        "INSERT INTO superset.dbs VALUES (1, 'clickhousedb+connect://ch_report:XXXX@clickhouse:8123/reporting'), (2, 'mysql://superset')",
        """
        INSERT INTO superset.`tables` VALUES
          (1, 'fact_enrollments', 'reporting', NULL, 1),
          (2, 'gone', 'reporting', '', 1),
          (3, 'old', 'reporting', 'SELECT s.actor_id FROM reporting.fact_student_status s', 1),
          (4, 'ours', NULL, 'SELECT * FROM `reporting`.`of_the_team` JOIN event_sink.course_overviews o USING course_key WHERE o.org = ''x''', 1),
          (5, 'broken', 'reporting', 'SELECT 1 FROM "reporting"."dim_at_risk"', 1),
          (6, 'upstream', 'reporting', '{% include ''openedx-assets/queries/grades.sql'' %}', 1),
          (7, 'nothing of ours', 'reporting', NULL, 2)\
        """);
    var superset =
        SupersetDatabase.of(
            server.host(), server.port(), "superset", new Credentials("admin", server.password()));
    assertThat(datasets().section(superset).proofs())
        .extracting(Proof::subject, Proof::verdict, Proof::reason)
        .containsExactlyInAnyOrder(
            tuple("reporting.fact_enrollments", Verdict.PROVEN, "Proven"),
            tuple("reporting.gone", Verdict.DOUBTFUL, "DatasetBroken"),
            tuple("reporting.old", Verdict.DOUBTFUL, "DatasetOld"),
            tuple("ours", Verdict.PROVEN, "Proven"),
            tuple("reporting.broken", Verdict.DOUBTFUL, "DatasetBroken"),
            tuple("reporting.upstream", Verdict.UNCOMPARED, "NotCompared"));
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
