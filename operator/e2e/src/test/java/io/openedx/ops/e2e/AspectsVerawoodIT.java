package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A site on Tutor 22 from 4.0.0 over 5.1.0 to 6.1.0. These releases turn the pipeline round, empty
 * tables with personal data and bring views that refresh themselves: it keeps Ralph, its rows and
 * its history.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsVerawoodIT {
  private static final String TUTOR = "22.0.2";
  private static final int EVENTS = 20_000;
  private static final int LEARNERS = 300;

  private final Cluster cluster;

  AspectsVerawoodIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void keepsWhatTheReleasesWouldTurnRound() {
    try (var site = AspectsSite.up(cluster, "openedx-verawood", TUTOR, "4.0.0", "5.1.0")) {
      var warehouse = new Warehouse(site.tutor());
      var config = new SiteConfiguration(site.client(), site.namespace());
      site.tutor().events(EVENTS);
      var history = warehouse.history();

      theMoveIsSaidBeforeItIsMade(site);
      toFive(site, config, warehouse);
      assertThat(warehouse.history()).isEqualTo(history);
      assertThat(warehouse.personalData()).isEqualTo(LEARNERS);

      toSix(site.towards(TUTOR, "6.1.0"), warehouse);
      assertThat(warehouse.history()).isEqualTo(history);
      assertThat(warehouse.personalData()).isEqualTo(LEARNERS);
      assertThat(warehouse.missing("reporting.dim_problem_results")).isZero();
    }
  }

  /** And upstream's own command makes it without a word. */
  private static void theMoveIsSaidBeforeItIsMade(AspectsSite site) {
    assertThat(site.tutor().workloads(TUTOR, "5.1.0"))
        .contains("StatefulSet/vector-aggregator", "DaemonSet/vector-agent")
        .doesNotContain("Deployment/ralph");

    var move = site.upgrade("move", "  mode: Plan\n  ingestion: {pipeline: Move}\n");
    move.awaitPhase(Phase.PLANNED);
    assertThat(site.text("move-plan", "plan.txt"))
        .contains(
            "tutor config save --set ASPECTS_XAPI_SOURCE=vector",
            "tutor config save --set RUN_RALPH=false",
            "MoveEvents: day by day, each event of xapi.xapi_events_all that openedx.xapi_events_all lacks is inserted there",
            "delete deployment/ralph service/ralph");
    move.delete();
  }

  private static void toFive(AspectsSite site, SiteConfiguration config, Warehouse warehouse) {
    warehouse.writePersonalData(LEARNERS);
    var plain = config.read();
    config.write(
        plain + "DBT_REPOSITORY: https://git.example.org/our-dbt\nDBT_BRANCH: v8.0.0-ours\n");
    var run = site.upgrade("five", "");
    assertThat(run.awaitBlocked().summary().message())
        .contains(
            "ASPECTS_ENABLE_PII is not true, and init of Aspects 5.1.0 empties event_sink.user_profile while it is off; they hold 300 rows. Set it to true in config.yml to keep them")
        .contains("add PiiWouldBeTruncated to spec.acceptedRisks")
        .contains("config.yml sets DBT_REPOSITORY: https://git.example.org/our-dbt")
        .contains("config.yml sets DBT_BRANCH: v8.0.0-ours", "(aspects-dbt v8.0.0)");

    config.write(plain + "ASPECTS_ENABLE_PII: true\n");
    run.patch(Map.of("retryToken", "PII is on"));
    run.awaitUnblocked();
    approved(site, run);
    assertThat(config.read())
        .contains("ASPECTS_XAPI_SOURCE: ralph", "RUN_RALPH: true", "RUN_VECTOR: false")
        .contains("EVENT_ROUTING_BACKEND_BATCHING_ENABLED: true");
    assertThat(site.tutor().workloads(TUTOR, "5.1.0"))
        .contains("Deployment/ralph")
        .doesNotContain("DaemonSet/vector-agent");
    assertThat(site.images()).contains("edunext/aspects-superset:5.1.0", "fundocker/ralph:5.0.1");
    run.delete();
  }

  /** Nobody has a Tutor 23, so the catalog refuses 6.1.0 until whoever knows better says so. */
  private static void toSix(AspectsSite site, Warehouse warehouse) {
    var run = site.upgrade("six", "");
    assertThat(run.awaitBlocked().summary().message())
        .contains(
            "Aspects 6.1.0 is for Tutor 23 (the release after Verawood), and this site runs Tutor 22.0.2 (Verawood).")
        .contains("Take 5.1.0, the newest for Tutor 22");
    site.client().resource(catalogThatAllowsSix(site.namespace())).create();
    run.patch(Map.of("retryToken", "the catalog knows better"));
    run.awaitUnblocked();
    approved(site, run);

    site.assertUpgraded(run);
    assertThat(warehouse.refreshes())
        .hasSize(4)
        .allMatch(each -> each.matches("(dim|fact)_\\w+ (Scheduled|Running)"));
  }

  private static ConfigMap catalogThatAllowsSix(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("openedx-ops-aspects-catalog")
        .withNamespace(namespace)
        .endMetadata()
        .addToData("catalog.yaml", "releases:\n  6.1.0: {tutor: [22, 23]}\n")
        .build();
  }

  private static void approved(AspectsSite site, LiveRun run) {
    site.readThePlan(run);
    run.awaitStep("Init", StepState.SUCCEEDED);
    run.awaitSucceeded();
  }
}
