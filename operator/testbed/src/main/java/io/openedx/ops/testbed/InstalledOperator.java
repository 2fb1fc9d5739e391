package io.openedx.ops.testbed;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.api.v1alpha1.AspectsUpgrade;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The operator in a namespace of its own, installed from the kustomize base that a site would use.
 */
public record InstalledOperator(Cluster cluster, String namespace, KubernetesClient client)
    implements AutoCloseable {
  /** Where the tests' operator lives; the demo's is elsewhere. */
  public static final String NAMESPACE = "openedx-e2e";

  /** What {@code deploy/local/mysql NAME serve} marks its objects with. */
  private static final Map<String, String> MACHINE_SERVER =
      Map.of("app.kubernetes.io/component", "machine-server");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static InstalledOperator in(Cluster cluster) {
    cluster.install(NAMESPACE);
    var operator = new InstalledOperator(cluster, NAMESPACE, cluster.client());
    operator.forgetFormerRuns();
    return operator;
  }

  /** Runs, Secrets and names of servers that former tests left: the namespace outlives them. */
  private void forgetFormerRuns() {
    client.secrets().inNamespace(namespace).delete();
    client.services().inNamespace(namespace).withLabels(MACHINE_SERVER).delete();
    client
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(namespace)
        .withLabels(MACHINE_SERVER)
        .delete();
    forget(CsmhMigration.class);
    forget(AspectsUpgrade.class);
  }

  private void forget(Class<? extends HasMetadata> kind) {
    var runs = client.resources(kind).inNamespace(namespace);
    runs.delete();
    Awaitility.await().atMost(PATIENCE).until(() -> runs.list().getItems().isEmpty());
  }

  @Override
  public void close() {
    client.close();
  }
}
