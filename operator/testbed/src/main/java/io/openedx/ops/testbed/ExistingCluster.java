package io.openedx.ops.testbed;

import java.nio.file.Path;

/**
 * A cluster that somebody else made, named by -Dcluster=KUBECONFIG. The image must be known to its
 * nodes already; the operator is installed from the kustomize base.
 */
record ExistingCluster(Path kubeconfig) implements Cluster {
  @Override
  public void install(String namespace) {
    LocalScript.with(kubeconfig).call("install", "--image-is-there", namespace);
  }

  @Override
  public void killContainer(String containerId) {
    throw new UnsupportedOperationException("the nodes of a foreign cluster are out of reach");
  }

  @Override
  public void close() {
    // not ours
  }
}
