package io.openedx.ops.worker.aspects.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The push Secret, where one is named, as the file in which docker looks for it. */
final class PushCredentials {
  private final SiteContext site;

  PushCredentials(SiteContext site) {
    this.site = site;
  }

  /**
   * @param folder for DOCKER_CONFIG
   */
  void write(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var secret = site.order().images().pushSecret();
      if (secret != null) {
        var text = read(secret);
        requireRegistry(secret, Json.parse(text));
        Files.writeString(folder.resolve("config.json"), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String secret) {
    var encoded =
        site.kubectl()
            .find("secret", secret)
            .map(each -> each.path("data").path(".dockerconfigjson").asText(""))
            .filter(each -> !each.isEmpty())
            .orElseThrow(
                () ->
                    failure(
                        "Secret %s of spec.images.pushSecretRef has no key .dockerconfigjson. Fill it, then set a new spec.retryToken."
                            .formatted(secret)));
    var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    Json.parse(text).path("auths").forEach(this::learn);
    return text;
  }

  /** A hand-made Secret has user and password only as one text in base64. */
  private void learn(JsonNode account) {
    var secrets = new ArrayList<String>();
    for (var name : List.of("auth", "password", "identitytoken", "registrytoken")) {
      secrets.add(Json.text(account, name));
    }
    var auth = Json.text(account, "auth");
    if (auth.matches("[A-Za-z0-9+/]+={0,2}")) {
      var pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      secrets.add(pair.substring(pair.indexOf(':') + 1));
    }
    site.redactor().learn(secrets.stream().filter(each -> !each.isEmpty()).toList());
  }

  /** Before hours of building. */
  private void requireRegistry(String secret, JsonNode config) {
    var registry = site.order().images().registry();
    var host = String.valueOf(registry).replaceAll("/.*", "");
    var known = new ArrayList<String>();
    config.path("auths").fieldNames().forEachRemaining(known::add);
    var helped = config.has("credsStore") || config.path("credHelpers").has(host);
    if (!helped && known.stream().noneMatch(each -> host(each).equals(host(host)))) {
      throw failure(
          "Secret %s of spec.images.pushSecretRef has credentials for %s and none for %s, where spec.images.registry (%s) is. Nothing was built. Add them (kubectl create secret docker-registry), or name the right Secret; then set a new spec.retryToken."
              .formatted(
                  secret, known.isEmpty() ? "nothing" : String.join(", ", known), host, registry));
    }
  }

  /** Docker Hub goes by several names. */
  private static String host(String name) {
    var host = name.replaceFirst("^https?://", "").replaceAll("/.*", "");
    return host.equals("index.docker.io") ? "docker.io" : host;
  }

  private static TaskFailure failure(String message) {
    return new TaskFailure(ExitCode.CONFIGURATION, "MissingCredentials", message);
  }
}
