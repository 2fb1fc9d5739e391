package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From the rehearsal to the last proof on a site that keeps writing: what 2.0.0 built and 2.5.3 has
 * given up goes, what upstream's list names though it is alive stays, and so does what the site
 * reads, until it is given up by name.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsRemovalIT {
  private static final String ENROLLMENT = "event_sink.course_enrollment";
  private static final String ENGAGEMENT = "reporting.fact_problem_engagement";
  private static final String TAGS = "event_sink.most_recent_tags";
  private static final String GIVEN_UP = "reporting.fact_section_page_engagement";
  private static final String CHARTED = "reporting.fact_section_problem_engagement";

  /** Of 1.x, with a reader of the site's own. */
  private static final List<String> LEFT_BEHIND =
      List.of(
          "CREATE TABLE xapi.responses (event_id UUID) ENGINE = MergeTree ORDER BY event_id",
          "CREATE MATERIALIZED VIEW xapi.responses_mv TO xapi.responses AS SELECT event_id FROM xapi.xapi_events_all",
          "CREATE TABLE event_sink.most_recent_tags (a UInt64) ENGINE = MergeTree ORDER BY a",
          "CREATE DATABASE team",
          "CREATE VIEW team.tags AS SELECT a FROM event_sink.most_recent_tags");

  private final Cluster cluster;

  AspectsRemovalIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void onlyWhatIsDeadGoes() {
    try (var site = AspectsSite.up(cluster, "openedx-removal", "20.0.5", "2.0.0", "2.5.3")) {
      LEFT_BEHIND.forEach(site.tutor()::query);
      site.tutor()
          .mysql(
              "INSERT INTO superset.`tables` VALUES (100, 'of_the_team', 'reporting', 'select * from fact_section_problem_engagement', 1)");
      var enrollment = uuid(site.tutor(), ENROLLMENT);
      var run = rehearsed(site);
      upgraded(site, run);

      aNewReaderMakesThePlanVoid(site, run);
      run.approve(Gate.DESTRUCTIVE);
      run.awaitStep("FinalVerify", StepState.SUCCEEDED);
      assertThat(run.step("RemoveDeprecated").evidence().get("dropped"))
          .isEqualTo(run.step("FinalVerify").evidence().get("gone"));
      assertThat(relations(site.tutor()))
          .contains(ENROLLMENT, ENGAGEMENT, TAGS, GIVEN_UP, CHARTED)
          .doesNotContain(
              "xapi.responses", "xapi.responses_mv", "reporting.fact_section_video_engagement");

      givesUpItsReaders(site);
      assertThat(relations(site.tutor()))
          .contains(ENROLLMENT, ENGAGEMENT, "team.tags", "team.pages")
          .doesNotContain(TAGS, GIVEN_UP, CHARTED);
      assertThat(uuid(site.tutor(), ENROLLMENT)).isEqualTo(enrollment);
      assertThat(site.tutor().query("SELECT count() FROM " + ENGAGEMENT)).isNotEmpty();
      site.assertUpgraded(run);
    }
  }

  /** Says what would go and touches nothing. */
  private static LiveRun rehearsed(AspectsSite site) {
    var before = everything(site.tutor());
    var run =
        site.upgrade(
            "aspects", "  mode: Plan\n  until: FinalVerify\n  removal: {soakSeconds: 20}\n");
    run.awaitPhase(Phase.PLANNED);
    assertThat(site.text("aspects-plan", "plan.txt"))
        .contains("What would be dropped at the end")
        .contains("DROP TABLE IF EXISTS `xapi`.`responses` SYNC")
        .contains(TAGS + " (MergeTree, 0 rows, 0 B): team.tags uses it.")
        .contains(ENROLLMENT)
        .doesNotContain("IF EXISTS `event_sink`.`course_enrollment`")
        .contains("removal of ");
    assertThat(everything(site.tutor())).isEqualTo(before);
    return run;
  }

  private static void upgraded(AspectsSite site, LiveRun run) {
    run.patch(Map.of("mode", "Run"));
    site.readThePlan(run);
    run.awaitStep("Verify", StepState.SUCCEEDED);
    var verified = run.step("Verify").completionTime();
    run.awaitStep("RemoveDeprecated", StepState.WAITING);
    assertThat(run.step("PlanRemoval").startTime())
        .as("the soak")
        .isAfterOrEqualTo(verified.plusSeconds(20));
    assertThat(relations(site.tutor()))
        .as("nothing goes before the approval")
        .contains("xapi.responses", "xapi.responses_mv", TAGS, GIVEN_UP);
  }

  private static void aNewReaderMakesThePlanVoid(AspectsSite site, LiveRun run) {
    site.tutor().query("CREATE VIEW team.pages AS SELECT * FROM " + GIVEN_UP);
    var before = relations(site.tutor());
    run.approve(Gate.DESTRUCTIVE);
    run.awaitBlocked();
    assertThat(run.step("RemoveDeprecated").reason()).isEqualTo("RemovalPlanVoid");
    assertThat(run.step("RemoveDeprecated").message()).contains(GIVEN_UP, "team.pages");
    assertThat(relations(site.tutor())).isEqualTo(before);
    run.patch(Map.of("retryToken", "the-readers-stay"));
    run.awaitUnblocked();
    run.awaitStep("RemoveDeprecated", StepState.WAITING);
    assertThat(run.status().plan().risks())
        .anyMatch(each -> each.contains(TAGS + " stays: team.tags uses it."))
        .anyMatch(each -> each.contains(GIVEN_UP + " stays: team.pages uses it."))
        .anyMatch(
            each ->
                each.contains(
                    CHARTED
                        + " stays: Superset's dataset reporting.of_the_team (no chart) reads it."));
  }

  /** A run to the version that the site has does the removal alone. */
  private static void givesUpItsReaders(AspectsSite site) {
    var run =
        site.upgrade(
            "tidy",
            "  until: FinalVerify\n  removal: {mayBreak: [team.tags, team.pages, \"dataset:reporting.of_the_team\", team.page]}\n");
    run.awaitStep("RemoveDeprecated", StepState.WAITING);
    assertThat(run.step("Backup").reason()).isEqualTo("AlreadyApplied");
    assertThat(site.text("tidy-plan", "plan.txt"))
        .contains("BREAKS team.tags, as spec.removal.mayBreak allows")
        .contains("BREAKS dataset:reporting.of_the_team, as spec.removal.mayBreak allows")
        .contains("spec.removal.mayBreak has no effect here: team.page is");
    run.approve(Gate.DESTRUCTIVE);
    run.awaitStep("FinalVerify", StepState.SUCCEEDED);
    run.awaitSucceeded();
  }

  private static Set<String> relations(TutorSite site) {
    return Set.copyOf(
        site.query(
                "SELECT concat(database, '.', name) FROM system.tables WHERE database != 'system'")
            .lines()
            .toList());
  }

  private static String uuid(TutorSite site, String relation) {
    return site.query(
        "SELECT uuid FROM system.tables WHERE concat(database, '.', name) = '%s'"
            .formatted(relation));
  }

  /** But for the rows of events, which keep coming in. */
  private static String everything(TutorSite site) {
    return site.query(
        "SELECT database, name, uuid, engine, cityHash64(create_table_query), if(database = 'event_sink', total_rows, 0) FROM system.tables WHERE database != 'system' ORDER BY 1, 2");
  }
}
