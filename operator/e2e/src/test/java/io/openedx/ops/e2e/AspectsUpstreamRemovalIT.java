package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Upstream's own macro, run by dbt in a Job on a site that keeps writing: what it takes alive is
 * said before by name, is there again afterwards, and the rows that are lost with it are said.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsUpstreamRemovalIT {
  private static final String ENROLLMENT = "event_sink.course_enrollment";
  private static final String ENGAGEMENT = "reporting.fact_problem_engagement";
  private static final String READ = "reporting.fact_section_page_engagement";
  private static final List<String> OF_THE_SITE =
      List.of(
          "INSERT INTO event_sink.course_enrollment SELECT number, 'course-v1:demo+1', '', true, 'audit', '', number, generateUUIDv4(), '' FROM numbers(7)",
          "CREATE TABLE xapi.responses (event_id UUID) ENGINE = MergeTree ORDER BY event_id",
          "CREATE MATERIALIZED VIEW xapi.responses_mv TO xapi.responses AS SELECT event_id FROM xapi.xapi_events_all",
          "CREATE DATABASE team",
          "CREATE VIEW team.pages AS SELECT * FROM " + READ);

  private final Cluster cluster;

  AspectsUpstreamRemovalIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void whatItTakesAliveIsSaidAndComesBack() {
    try (var site = AspectsSite.up(cluster, "openedx-upstream", "20.0.5", "2.0.0", "2.5.3")) {
      OF_THE_SITE.forEach(site.tutor()::query);
      var enrollment = uuid(site.tutor(), ENROLLMENT);
      var run =
          site.upgrade(
              "aspects",
              "  until: FinalVerify\n  removal: {method: Upstream}\n  acceptedRisks: [UpstreamRemoval]\n");
      site.readThePlan(run);
      run.awaitStep("RemoveDeprecated", StepState.WAITING);
      saidBefore(site, run);
      assertThat(uuid(site.tutor(), ENROLLMENT)).isEqualTo(enrollment);

      run.approve(Gate.DESTRUCTIVE);
      run.awaitStep("FinalVerify", StepState.SUCCEEDED);
      assertThat(run.step("RemoveDeprecated").reason()).isEqualTo("RemovedByUpstream");
      assertThat(run.step("RemoveDeprecated").message())
          .contains("were made again", "THEIR ROWS ARE GONE", ENROLLMENT + " (7)");
      assertThat(relations(site.tutor()))
          .contains(ENROLLMENT, ENGAGEMENT, READ, READ + "_mv", "team.pages")
          .doesNotContain("xapi.responses", "xapi.responses_mv");
      assertThat(uuid(site.tutor(), ENROLLMENT)).as("it is another one").isNotEqualTo(enrollment);
      assertThat(site.tutor().query("SELECT count() FROM " + ENROLLMENT)).isEqualTo("0");
      assertThat(site.tutor().query("SELECT count() FROM " + ENGAGEMENT)).isNotEmpty();
      assertThat(site.tutor().query("SELECT count() FROM team.pages")).isNotEmpty();
      site.assertUpgraded(run);
    }
  }

  private static void saidBefore(AspectsSite site, LiveRun run) {
    assertThat(site.text("aspects-plan", "plan.txt"))
        .contains("run-operation remove_deprecated_models")
        .contains("IT DROPS WHAT SHOULD STAY")
        .contains(ENROLLMENT + " (MergeTree, 7 rows,")
        .contains(ENGAGEMENT + " (View,")
        .contains("team.pages uses it");
    assertThat(run.status().plan().risks())
        .anyMatch(each -> each.contains(ENROLLMENT + " (7 rows) is dropped by upstream's macro"))
        .anyMatch(each -> each.contains(ENGAGEMENT))
        .anyMatch(each -> each.contains(READ));
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
}
