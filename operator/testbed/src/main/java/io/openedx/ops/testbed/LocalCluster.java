package io.openedx.ops.testbed;

import java.nio.file.Path;

/** The machine's own cluster (deploy/local); it stays up, a second run finds it in no time. */
final class LocalCluster implements Cluster {
  private final Path kubeconfig;

  private LocalCluster(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  static LocalCluster up() {
    LocalScript.run("up");
    return new LocalCluster(Path.of(LocalScript.run("kubeconfig")));
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void install(String namespace) {
    LocalScript.run("install", namespace);
  }

  @Override
  public void killContainer(String containerId) {
    LocalScript.run("node", "ctr", "-n", "k8s.io", "task", "kill", "-s", "KILL", containerId);
  }

  @Override
  public void close() {
    // up for the next run; deploy/local/down ends it
  }
}
