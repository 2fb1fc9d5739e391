package io.openedx.ops.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A site's config.yml, in the Secret from which the operator takes it and to which it writes. */
record SiteConfiguration(KubernetesClient client, String namespace) {
  private static final String FILE = "config.yml";

  String read() {
    var data = secret().getData().get(FILE);
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  void write(String text) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName("tutor-config")
        .edit(
            secret -> {
              secret.setStringData(Map.of(FILE, text));
              return secret;
            });
  }

  private Secret secret() {
    return client.secrets().inNamespace(namespace).withName("tutor-config").get();
  }
}
