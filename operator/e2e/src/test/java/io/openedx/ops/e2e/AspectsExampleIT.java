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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of an AspectsUpgrade, applied as it is, on a Tutor site that keeps writing. */
@ExtendWith(Clusters.class)
class AspectsExampleIT {
  private static final String NAMESPACE = "openedx-example";
  private static final String TUTOR = "21.0.9";
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
      var run = LiveRun.apply(client, NAMESPACE, Files.readString(EXAMPLE));
      run.awaitStep("Backup", StepState.WAITING);
      run.approve(Gate.PLAN);
      run.awaitStep("ApplyManifests", StepState.WAITING);
      run.approve(Gate.CUTOVER);
      run.awaitSucceeded();
      assertThat(run.step("Verify").evidence().get("proofs")).contains(" 0 differ, 0 doubtful");
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
}
