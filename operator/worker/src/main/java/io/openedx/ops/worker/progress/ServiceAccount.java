package io.openedx.ops.worker.progress;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What Kubernetes gives a pod to talk to its API: the address by environment, token and CA as
 * files.
 */
public record ServiceAccount(URI api, Path folder) {
  private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** Empty outside of a cluster, or in a pod without a token. */
  public static Optional<ServiceAccount> of(Map<String, String> environment) {
    var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host.isEmpty() || !Files.exists(FOLDER.resolve("token"))) {
      return Optional.empty();
    }
    var literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return Optional.of(new ServiceAccount(URI.create("https://" + literal + ":" + port), FOLDER));
  }

  /** The token as it is now: the kubelet replaces it long before it runs out. */
  String token() throws IOException {
    return Files.readString(folder.resolve("token")).trim();
  }

  /** Who signs the API server's certificate. */
  Path ca() {
    return folder.resolve("ca.crt");
  }
}
