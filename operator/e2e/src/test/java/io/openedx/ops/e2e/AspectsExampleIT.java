package io.openedx.ops.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.Approval;
import io.openedx.ops.api.v1alpha1.AspectsUpgrade;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of an AspectsUpgrade, applied as it is, on a Tutor site that keeps writing. */
@ExtendWith(Clusters.class)
class AspectsExampleIT {
  private static final String NAMESPACE = "openedx-example";
  private static final String TUTOR = "21.0.9";
  private static final int PATIENCE_MINUTES = 10;
  private static final Path EXAMPLE =
      Path.of(System.getProperty("openedx.ops.root"))
          .resolve("examples/aspects-upgrade/upgrade.yaml");

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
      site.load(1);
      var run =
          client
              .resources(AspectsUpgrade.class)
              .inNamespace(NAMESPACE)
              .resource(Serialization.unmarshal(Files.readString(EXAMPLE), AspectsUpgrade.class));
      run.create();
      approve(run, Gate.PLAN, "Backup");
      approve(run, Gate.CUTOVER, "ApplyManifests");
      await(run, "the end", status -> status.phase() == Phase.SUCCEEDED);
      site.unload();
      everythingArrived(site);
      assertThat(images(client)).contains("edunext/aspects-superset:3.0.3");
    }
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

  private static void approve(Resource<AspectsUpgrade> run, Gate gate, String step) {
    var status = await(run, "gate " + gate, seen -> waits(seen, step));
    var approvals = new ArrayList<>(run.get().getSpec().approvals());
    approvals.add(new Approval(gate, status.plan().hash()));
    run.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        Serialization.asJson(Map.of("spec", Map.of("approvals", approvals))));
  }

  private static boolean waits(RunStatus status, String step) {
    return status.phase() == Phase.AWAITING_APPROVAL
        && status.steps().stream()
            .anyMatch(each -> each.name().equals(step) && each.state() == StepState.WAITING);
  }

  private static RunStatus await(
      Resource<AspectsUpgrade> run, String what, Predicate<RunStatus> reached) {
    var seen =
        run.waitUntilCondition(
            each ->
                each != null
                    && each.getStatus() != null
                    && (reached.test(each.getStatus())
                        || each.getStatus().phase() == Phase.BLOCKED),
            PATIENCE_MINUTES,
            MINUTES);
    assertThat(reached.test(seen.getStatus()))
        .as("%s; the run says: %s", what, Serialization.asYaml(seen.getStatus()))
        .isTrue();
    return seen.getStatus();
  }
}
