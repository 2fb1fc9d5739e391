package io.openedx.ops.testbed;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/**
 * Gives tests a {@link Cluster}, one per JVM: the one that -Dcluster=KUBECONFIG names; else Kind
 * where a Docker engine answers; else the machine's own.
 */
public final class Clusters implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return of(context);
  }

  /** The cluster of this JVM. */
  static Cluster of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Clusters.class))
        .computeIfAbsent(Cluster.class, key -> choose(), Cluster.class);
  }

  private static Cluster choose() {
    var existing = System.getProperty("cluster", "");
    if (!existing.isEmpty()) {
      return new ExistingCluster(Path.of(existing));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? KindCluster.up()
        : LocalCluster.up();
  }
}
