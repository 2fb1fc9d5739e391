package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The example of an AspectsUpgrade, applied as it is, on a Tutor site that keeps writing; then what
 * older releases left behind is removed.
 */
@ExtendWith(Clusters.class)
class AspectsExampleIT {
  private static final String NAMESPACE = "openedx-example";
  private static final String TUTOR = "21.0.9";
  private static final Path EXAMPLE =
      Path.of(System.getProperty("openedx.ops.root"))
          .resolve("examples/aspects-upgrade/upgrade.yaml");

  /** A chain as 1.x left it, and a table of 1.x that the site reads itself. */
  private static final String LEFT_BEHIND =
      """
      CREATE TABLE xapi.responses (event_id UUID) ENGINE = MergeTree ORDER BY event_id
      CREATE MATERIALIZED VIEW xapi.responses_mv TO xapi.responses AS SELECT event_id FROM xapi.xapi_events_all
      CREATE VIEW reporting.fact_navigation AS SELECT event_id FROM xapi.responses
      CREATE TABLE event_sink.most_recent_tags (a UInt64) ENGINE = MergeTree ORDER BY a
      CREATE DATABASE team
      CREATE VIEW team.tags AS SELECT a FROM event_sink.most_recent_tags\
      """;

  private final Cluster cluster;

  AspectsExampleIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void upgradesASiteThatKeepsWriting() throws IOException {
    try (var site = TutorSite.up(NAMESPACE, TUTOR, "2.5.3");
        var client = cluster.client()) {
      cluster.install(NAMESPACE);
      site.images(TUTOR, "3.0.3");
      LEFT_BEHIND.lines().forEach(site::query);
      site.load(1);
      var run = LiveRun.apply(client, NAMESPACE, Files.readString(EXAMPLE));
      run.awaitStep("Backup", StepState.WAITING);
      run.approve(Gate.PLAN);
      run.awaitStep("ApplyManifests", StepState.WAITING);
      run.approve(Gate.CUTOVER);
      run.awaitSucceeded();
      assertThat(run.step("Verify").evidence().get("proofs")).contains(" 0 differ, 0 doubtful");
      removesWhatIsDead(site, run);
      site.unload();
      everythingArrived(site);
      assertThat(images(client)).contains("edunext/aspects-superset:3.0.3");
    }
  }

  private static void removesWhatIsDead(TutorSite site, LiveRun run) {
    run.patch(Map.of("until", "FinalVerify"));
    run.awaitStep("RemoveDeprecated", StepState.WAITING);
    assertThat(relations(site)).hasSize(5);
    run.approve(Gate.DESTRUCTIVE);
    run.awaitStep("FinalVerify", StepState.SUCCEEDED);
    assertThat(relations(site)).containsExactly("event_sink.most_recent_tags", "team.tags");
    assertThat(site.query("SELECT count() FROM event_sink.course_enrollment")).isNotEmpty();
    assertThat(run.step("RemoveDeprecated").evidence()).containsEntry("dropped", "3");
  }

  private static List<String> relations(TutorSite site) {
    return site.query(
            "SELECT database || '.' || name FROM system.tables WHERE name IN ('responses', 'responses_mv', 'fact_navigation', 'most_recent_tags', 'tags') ORDER BY 1")
        .lines()
        .toList();
  }

  private static void everythingArrived(TutorSite site) {
    var load = site.acknowledged();
    assertThat(load.statements()).isPositive();
    assertThat(load.stored()).isGreaterThanOrEqualTo(load.statements());
  }

  private static List<String> images(KubernetesClient client) {
    return client.apps().deployments().inNamespace(NAMESPACE).list().getItems().stream()
        .flatMap(each -> each.getSpec().getTemplate().getSpec().getContainers().stream())
        .map(each -> each.getImage())
        .toList();
  }
}
