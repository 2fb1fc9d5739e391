package io.openedx.ops.worker.aspects.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.aspects.superset.SupersetDatabase;
import io.openedx.ops.worker.aspects.superset.SupersetTables;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Superset reads keeps relations, on the real engine and a real MySQL server. */
@ExtendWith({ClickHouseServers.class, MySqlServers.class})
class DatasetReadersIT {
  private static final io.openedx.ops.catalog.Release NEW = ReleaseWorld.release("3.0.3");
  private static final String HINTS = "sets_reporting.int_problem_hints";
  private static final String ANSWERS = "sets_xapi.responses";
  private static final String LAST = "sets_xapi.subsection_video_engagement";

  @Test
  void whatADatasetReadsStaysUntilItIsGivenUp(
      @ClickHouseServers.Named("removal") ClickHouseServer server,
      @MySqlServers.Named("superset") MySqlServer mysql)
      throws SQLException {
    var world = new ReleaseWorld(server, "sets", false);
    world.build(ReleaseWorld.release("1.3.2"), NEW);
    world.build(NEW, NEW);
    server.execute("CREATE VIEW sets_reporting.of_the_team AS SELECT a FROM " + ANSWERS);
    var superset =
        SupersetTables.made(mysql, "superset_removal", "sets_reporting")
            .dataset("int_problem_hints", "NULL", "NULL")
            .dataset("Answers", "'sets_reporting'", "'select a from of_the_team as t'")
            .dataset("events", "NULL", "'select count() from sets_xapi.xapi_events_all'")
            .elsewhere("fact_navigation", "sets_reporting");
    var readers = DatasetReaders.of(superset.as("admin", mysql.password()));

    var held = world.site(NEW, readers, "sets_reporting.of_the_team");
    var plan = held.plan(held.world());
    assertThat(plan.held())
        .extracting(each -> each.name() + ": " + each.sentence().replaceAll("[.] In its.*", ""))
        .contains(
            HINTS + ": Superset's dataset int_problem_hints (1 chart) reads it",
            ANSWERS
                + ": sets_reporting.of_the_team uses it, which stays because of Superset's dataset sets_reporting.Answers (1 chart)");
    assertThat(plan.drops()).extracting(each -> each.name().toString()).contains(LAST);

    var removal =
        new Removal(
            held,
            Clock.systemUTC(),
            new StopSignal(),
            kept -> {
              if (kept.dropped().size() == 3) {
                added(superset, "new", "SELECT * FROM " + LAST);
              }
            });
    assertThatThrownBy(() -> removal.carryOut(RemovalRecord.of(plan)))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("RemovalPlanVoid");
              assertThat(e.getMessage())
                  .contains(" must stay", LAST, "because of Superset's dataset new (1 chart)");
            });

    var given =
        world.site(
            NEW,
            readers,
            "dataset:int_problem_hints",
            "dataset:sets_reporting.Answers",
            "dataset:new",
            "sets_reporting.of_the_team");
    var all = given.plan(given.world());
    assertThat(all.held()).isEmpty();
    assertThat(all.idle()).isEmpty();
    assertThat(all.drops())
        .filteredOn(each -> each.name().toString().equals(ANSWERS))
        .flatExtracting(PlannedDrop::breaks)
        .containsExactlyInAnyOrder("sets_reporting.of_the_team", "dataset:sets_reporting.Answers");
    new Removal(given, Clock.systemUTC(), new StopSignal(), kept -> {})
        .carryOut(RemovalRecord.of(all));
    server.execute("DROP VIEW sets_reporting.of_the_team");
    assertThat(world.there()).isEqualTo(world.told(NEW));
    world.remove();
  }

  private static void added(SupersetTables superset, String name, String sql) {
    try {
      superset.dataset(name, "NULL", "'" + sql + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeReadIsSaid(@MySqlServers.Named("superset") MySqlServer mysql)
      throws SQLException {
    var superset = SupersetTables.made(mysql, "superset_unread", "reporting");
    mysql.execute(
        "CREATE USER IF NOT EXISTS blind IDENTIFIED BY 'n0thing'", "GRANT USAGE ON *.* TO blind");
    for (var user : new String[] {"blind", "nobody"}) {
      refused(superset.as(user, "n0thing"), ExitCode.CONFIGURATION, "DatasetsNotRead");
    }
    refused(
        SupersetDatabase.of("127.0.0.1", 1, "superset", new Credentials("admin", "n0thing")),
        ExitCode.TRANSIENT,
        "ConnectionLost");
  }

  private static void refused(SupersetDatabase superset, ExitCode code, String reason) {
    assertThatThrownBy(() -> DatasetReaders.of(superset).read())
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(code);
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(superset.label()).doesNotContain("n0thing");
            });
  }
}
