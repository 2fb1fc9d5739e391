package io.openedx.ops.testbed;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The operator in a namespace of its own, installed from the kustomize base that a site would use.
 */
public record InstalledOperator(Cluster cluster, String namespace, KubernetesClient client)
    implements AutoCloseable {
  /** Where the tests' operator lives; the demo's is elsewhere. */
  public static final String NAMESPACE = "openedx-e2e";

  static InstalledOperator in(Cluster cluster) {
    cluster.install(NAMESPACE);
    return new InstalledOperator(cluster, NAMESPACE, cluster.client());
  }

  @Override
  public void close() {
    client.close();
  }
}
