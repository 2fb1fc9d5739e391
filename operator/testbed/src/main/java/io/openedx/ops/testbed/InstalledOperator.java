package io.openedx.ops.testbed;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * The operator in a namespace of its own, installed from the kustomize base that a site would use.
 */
public record InstalledOperator(Cluster cluster, String namespace, KubernetesClient client)
    implements AutoCloseable {
  /** Where the tests' operator lives; the demo's is elsewhere. */
  public static final String NAMESPACE = "openedx-e2e";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static InstalledOperator in(Cluster cluster) {
    cluster.install(NAMESPACE);
    var operator = new InstalledOperator(cluster, NAMESPACE, cluster.client());
    operator.forgetFormerRuns();
    return operator;
  }

  /** Runs and Secrets that former tests left behind: the namespace outlives them. */
  private void forgetFormerRuns() {
    client.secrets().inNamespace(namespace).delete();
    var runs = client.resources(CsmhMigration.class).inNamespace(namespace);
    runs.delete();
    Awaitility.await().atMost(PATIENCE).until(() -> runs.list().getItems().isEmpty());
  }

  @Override
  public void close() {
    client.close();
  }
}
