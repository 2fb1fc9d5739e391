package io.openedx.ops.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Kubernetes cluster with a kubelet, wherever it comes from. */
public interface Cluster extends AutoCloseable {
  /** The administrator's kubeconfig. */
  Path kubeconfig();

  /** Installs the operator that was just built in this namespace and waits for its roll-out. */
  void install(String namespace);

  /** SIGKILL to a container's first process, from outside, as the kernel would. */
  void killContainer(String containerId);

  /** Gives back what this cluster holds; one that was there before stays. */
  @Override
  void close();

  /** A new client of the administrator; the caller closes it. */
  default KubernetesClient client() {
    try {
      return new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig())))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
