package io.openedx.ops.worker.aspects.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.aspects.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the real engine: a sound upgrade is proven while events come in, and every loss is named. */
@ExtendWith(ClickHouseServers.class)
class DataProofsIT {

  @ParameterizedTest
  @CsvSource({"1.3.2, 3.0.3", "4.0.0, 5.1.0"})
  void aSoundUpgradeOfABusySiteRaisesNoAlarm(
      String from, String to, @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    raisesNoAlarm(from, to, server);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({"1.3.2, 2.0.0", "2.4.0, 2.5.3", "3.0.3, 4.0.0"})
  void norDoOthers(
      String from, String to, @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    raisesNoAlarm(from, to, server);
  }

  private static void raisesNoAlarm(String from, String to, ClickHouseServer server) {
    try (var world = new DbtWorld(server, "sound" + (from + to).replace(".", ""), from, to)) {
      var census = world.census();
      world.events(100);
      world.upgrade();
      world.events(100);
      var proofs = world.proofs(census);
      assertThat(DbtWorld.of(proofs, Verdict.DIFFERS)).isEmpty();
      assertThat(DbtWorld.of(proofs, Verdict.DOUBTFUL)).isEmpty();
      assertThat(DbtWorld.of(proofs, Verdict.PROVEN)).hasSizeGreaterThan(80);
    }
  }

  @Test
  void anInsertThatWasKilledIsNamed(@ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "killed", "1.3.2", "2.0.0")) {
      var census = world.census();
      world.upgrade();
      // dbt said OK, and half of the rows are there.
      server.execute(
          "DELETE FROM %s WHERE cityHash64(event_id) %% 2 = 0"
              .formatted(world.table("reporting.dim_most_recent_enrollment")));
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DIFFERS))
          .containsExactly(
              "RowsMissing killed_reporting.fact_enrollment_status -> killed_reporting.dim_most_recent_enrollment",
              "NotReceiving killed_reporting.dim_most_recent_enrollment_mv");
    }
  }

  /**
   * Every row has the release's name in it: what differs in all is meant, what differs in some not.
   */
  @Test
  void rowsThatSaySomethingElseAreNamed(
      @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "mixed", "1.3.2", "2.0.0")) {
      var census = world.census();
      world.upgrade();
      var sound = world.proofs(census);
      server.execute(
          "ALTER TABLE %s UPDATE made_by = (SELECT any(made_by) FROM %s) WHERE cityHash64(event_id) %% 2 = 0 SETTINGS mutations_sync = 2"
              .formatted(
                  world.table("reporting.dim_most_recent_enrollment"),
                  world.table("reporting.fact_enrollment_status")));

      var renamed =
          "mixed_reporting.fact_enrollment_status -> mixed_reporting.dim_most_recent_enrollment";
      assertThat(sound)
          .filteredOn(each -> each.subject().equals(renamed))
          .allMatch(each -> each.verdict() == Verdict.PROVEN)
          .allMatch(each -> each.evidence().get("rows compared").equals("1000"))
          .allMatch(each -> each.evidence().get("columns with another meaning").equals("made_by"))
          .allMatch(
              each -> each.evidence().get("times old").equals(each.evidence().get("times new")))
          .hasSize(1);
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DOUBTFUL))
          .contains("ContentsDiffer " + renamed);
    }
  }

  @Test
  void aMigrationThatWasPassedOverIsNamed(
      @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "skipped", "1.3.2", "3.0.3")) {
      var census = world.census();
      world.upgrade("dim_most_recent_enrollment", "problem_events", "fact_problem_engagement");
      world.events(100);
      var proofs = world.proofs(census);
      assertThat(DbtWorld.of(proofs, Verdict.DIFFERS))
          .containsExactly(
              "RelationsMissing skipped_reporting.dim_most_recent_enrollment",
              "RelationsMissing skipped_reporting.dim_most_recent_enrollment_mv",
              "RelationsMissing skipped_reporting.fact_problem_engagement",
              "RenameMissing skipped_reporting.fact_enrollment_status -> skipped_reporting.dim_most_recent_enrollment",
              "PassedOver skipped_xapi.problem_events_mv",
              "ViewMissing skipped_reporting.dim_most_recent_enrollment_mv",
              "DoesNotAnswer skipped_reporting.fact_problem_engagement");
      assertThat(proofs)
          .filteredOn(each -> each.verdict() == Verdict.DIFFERS)
          .allMatch(
              each -> each.sentence().matches("(?s).*(tutor k8s do dbt|spec.extraCommands).*"));
    }
  }

  @Test
  void aViewThatWasNotRebuiltIsNamed(@ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "stale", "2.4.0", "2.5.3")) {
      var census = world.census();
      world.upgrade("problem_events", "grading_events");
      // What a plain dbt run does: new SQL, old rows. And a column that the table has not.
      server.execute(
          "ALTER TABLE %s MODIFY QUERY %s"
              .formatted(
                  world.table("xapi.problem_events_mv"), world.select("xapi.problem_events")),
          "ALTER TABLE %s MODIFY QUERY %s"
              .formatted(
                  world.table("xapi.grading_events_mv"),
                  world
                      .select("xapi.grading_events")
                      .replace(" AS made_by", " AS made_by, 1 AS score")));
      server.execute(
          "CREATE OR REPLACE DICTIONARY %s (event_id UUID) PRIMARY KEY event_id SOURCE(CLICKHOUSE(HOST 'localhost' USER 'former' PASSWORD 'x' DB 'stale_event_sink' TABLE 'tag')) LIFETIME(0) LAYOUT(COMPLEX_KEY_HASHED())"
              .formatted(world.table("event_sink.dim_course_names")));
      world.events(100);
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DIFFERS))
          .containsExactly(
              "ColumnsDiffer stale_xapi.grading_events_mv",
              "NotRebuilt stale_xapi.problem_events_mv",
              "DoesNotAnswer stale_event_sink.dim_course_names");
    }
  }

  @Test
  void whatIsLostOnTheWayIsNamedWhateverComesInSince(
      @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "lost", "3.0.3", "4.0.0")) {
      var census = world.census();
      world.upgrade();
      var raw = world.table("ralph.xapi_events_all");
      server.execute(
          "DELETE FROM %s WHERE cityHash64(event_id) %% 10 = 0".formatted(raw),
          "TRUNCATE TABLE " + world.table("event_sink.course_overviews"),
          "TRUNCATE TABLE " + world.table("event_sink.user_profile"),
          "INSERT INTO %s SELECT generateUUIDv4(), now(), 'a new learner' FROM numbers(3)"
              .formatted(world.table("event_sink.user_profile")));
      world.events(1000);
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DIFFERS))
          .containsExactly(
              "RowsGone lost_event_sink.course_overviews",
              "RowsLost lost_event_sink.user_profile",
              "RowsLost lost_xapi.xapi_events_all");
    }
  }

  @Test
  void aViewThatNothingReachesIsNamed(@ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "gap", "3.0.3", "4.0.0")) {
      var census = world.census();
      world.upgrade();
      var view = world.table("xapi.navigation_events_mv");
      server.execute("DROP VIEW " + view + " SYNC");
      world.events(100);
      server.execute(
          "CREATE MATERIALIZED VIEW %s TO %s AS %s"
              .formatted(
                  view,
                  world.table("xapi.navigation_events"),
                  world.select("xapi.navigation_events")),
          "DROP VIEW %s SYNC".formatted(world.table("xapi.grading_events_mv")),
          "CREATE MATERIALIZED VIEW %s TO %s AS %s"
              .formatted(
                  world.table("xapi.grading_events_mv"),
                  world.table("xapi.navigation_events"),
                  world.select("xapi.grading_events")));
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DIFFERS))
          .containsExactly(
              "WritesElsewhere gap_xapi.grading_events_mv",
              "NotReceiving gap_xapi.navigation_events_mv");
    }
  }

  @Test
  void rowsThatExpireAndAReplayRaiseNoAlarm(
      @ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "expire", "3.0.3", "4.0.0")) {
      var table = world.table("xapi.navigation_events");
      server.execute(
          "SYSTEM STOP TTL MERGES " + table,
          "INSERT INTO %s SELECT generateUUIDv4(), now() - INTERVAL 350 DAY, 'old', '' FROM numbers(300)"
              .formatted(table));
      var census = world.census();
      world.upgrade();
      server.execute(
          "DELETE FROM %s WHERE actor_id = 'old'".formatted(table),
          // The same events once more, as a replay or Ralph's retries bring them.
          "INSERT INTO %1$s SELECT * FROM %1$s".formatted(world.table("ralph.xapi_events_all")),
          "OPTIMIZE TABLE %s FINAL".formatted(table));
      assertThat(DbtWorld.of(world.proofs(census), Verdict.DIFFERS)).isEmpty();
    }
  }

  @Test
  void whatHasExpiredIsNotCalledProven(@ClickHouseServers.Named("proofs") ClickHouseServer server) {
    try (var world = new DbtWorld(server, "aged", "1.3.2", "2.0.0")) {
      for (var table : List.of("xapi.navigation_events", "reporting.fact_enrollment_status")) {
        server.execute(
            "SYSTEM STOP TTL MERGES " + world.table(table),
            "TRUNCATE TABLE " + world.table(table),
            "INSERT INTO %s SELECT generateUUIDv4(), now() - INTERVAL 364 DAY - INTERVAL 12 HOUR, 'old', '' FROM numbers(300)"
                .formatted(world.table(table)));
      }
      // Nobody's of Aspects: what expires there says nothing.
      server.execute(
          "CREATE TABLE aged_reporting.own (emission_time DateTime64(6)) ENGINE = MergeTree ORDER BY emission_time TTL toDateTime(emission_time) + toIntervalHour(1)");
      var census = world.census();
      world.upgrade();
      assertThat(DbtWorld.of(world.proofs(census), Verdict.UNCOMPARED))
          .contains(
              "NotCompared aged_xapi.navigation_events",
              "NotCompared aged_reporting.fact_enrollment_status -> aged_reporting.dim_most_recent_enrollment")
          .doesNotContain(
              "NotCompared aged_reporting.fact_learner_course_grade -> aged_reporting.dim_learner_most_recent_course_grade");
    }
  }
}
