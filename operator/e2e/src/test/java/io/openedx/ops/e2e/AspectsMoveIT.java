package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A site that asks for Vector on the way from 4.0.0 to 5.1.0, while the LMS goes on logging and
 * posting: its history and all that came meanwhile are in the reports, each event once.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsMoveIT {
  private static final String TUTOR = "22.0.2";
  private static final int EVENTS = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of each kind: a raw table, a model of the xAPI database, one behind it, a report. */
  private static final List<String> TABLES =
      List.of(
          "openedx.xapi_events_all",
          "openedx.xapi_events_all_parsed",
          "openedx.enrollment_events",
          "reporting.dim_problem_results");

  private final Cluster cluster;

  AspectsMoveIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void theHistoryMovesWithThePipeline() {
    try (var site = AspectsSite.up(cluster, "openedx-move", TUTOR, "4.0.0", "5.1.0")) {
      site.tutor().events(EVENTS);
      var before = new Warehouse(site.tutor());
      var history = before.history();
      priorityOfVector(site.client());

      var run = site.upgrade("move", "  ingestion: {pipeline: Move}\n");
      site.readThePlan(run);
      run.awaitSucceeded();

      var warehouse = before.moved();
      assertThat(Long.parseLong(run.step("MoveEvents").evidence().get("carried")))
          .isGreaterThanOrEqualTo(EVENTS);
      assertThat(run.step("FullRefresh").message()).contains("xapi_events_all_parsed+");
      // What comes to Ralph while Verify looks is a doubt until it is carried, see below.
      assertThat(site.text("move-report", "verify.json"))
          .contains("None stands at two times, so none counts twice.");
      assertThat(warehouse.history()).isEqualTo(history);
      assertThat(config(site))
          .contains("ASPECTS_XAPI_SOURCE: vector", "RUN_RALPH: false")
          .contains("EVENT_ROUTING_BACKEND_BATCHING_ENABLED: true");
      site.assertServes();

      ralphGoesAsThePlanSays(site, warehouse);
      reportsShowEveryEventOnce(site, warehouse);
      assertThat(warehouse.history()).isEqualTo(history);
    }
  }

  private static void ralphGoesAsThePlanSays(AspectsSite site, Warehouse warehouse) {
    var plan = site.text("move-plan", "plan.txt").lines().map(String::strip).toList();
    assertThat(plan)
        .contains("kubectl -n openedx-move delete deployment/ralph service/ralph")
        .anyMatch(each -> each.contains("RouterConfiguration"));
    site.tutor().unload();
    site.tutor().quietLoad(1);
    site.client().apps().deployments().inNamespace(site.namespace()).withName("ralph").delete();
    site.client().services().inNamespace(site.namespace()).withName("ralph").delete();
    var carrying = plan.stream().filter(each -> each.startsWith("INSERT INTO ")).toList();
    site.tutor().query(carrying.get(carrying.size() - 1));
    assertThat(warehouse.leftBehind()).isZero();
  }

  /** Later events come by Vector alone. */
  private static void reportsShowEveryEventOnce(AspectsSite site, Warehouse warehouse) {
    var before = warehouse.events();
    Awaitility.await("Vector alone brings events")
        .atMost(PATIENCE)
        .until(() -> warehouse.events() > before + 20);
    site.tutor().unload();
    Awaitility.await("the reports show them")
        .atMost(PATIENCE)
        .until(() -> TABLES.stream().allMatch(each -> warehouse.missing(each) == 0));
    assertThat(TABLES).allMatch(each -> warehouse.doubled(each) == 0);
  }

  /** What an administrator of the cluster has to make, as the plan says. */
  private static void priorityOfVector(KubernetesClient client) {
    client
        .resource(
            new PriorityClassBuilder()
                .withNewMetadata()
                .withName("vector-priority")
                .endMetadata()
                .withValue(10_000_000)
                .build())
        .serverSideApply();
  }

  private static String config(AspectsSite site) {
    return new SiteConfiguration(site.client(), site.namespace()).read();
  }
}
