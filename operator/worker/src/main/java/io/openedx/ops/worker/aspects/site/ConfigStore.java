package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/**
 * Where config.yml lives: a Secret, or a file on a volume. Writing back is refused if somebody else
 * has changed it since it was read.
 */
public final class ConfigStore {
  private final AspectsOrder order;
  private final Kubectl kubectl;
  private final Path volume;

  /**
   * @param volume where the claim is mounted; unused with a Secret
   */
  public ConfigStore(AspectsOrder order, Kubectl kubectl, Path volume) {
    this.order = order;
    this.kubectl = kubectl;
    this.volume = volume;
  }

  /** config.yml as it is now, not as it was when the pod began. */
  public String read() {
    var secret = order.configSecret();
    return secret == null ? readFile() : decode(find(secret), secret);
  }

  /**
   * Replaces config.yml.
   *
   * @param before what the new text was made from
   */
  public void write(String before, String after) {
    var secret = order.configSecret();
    if (!read().equals(before)) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "ConfigChanged",
          "config.yml was changed by somebody else while the environment was rendered from it; it is rendered again.");
    }
    if (secret == null) {
      writeFile(after);
      return;
    }
    var patch = Json.object();
    patch
        .putObject("metadata")
        .put("resourceVersion", Json.text(find(secret), "metadata.resourceVersion"));
    patch
        .putObject("data")
        .put(key(), Base64.getEncoder().encodeToString(after.getBytes(StandardCharsets.UTF_8)));
    kubectl.patch("secret", secret, patch);
  }

  private JsonNode find(String secret) {
    return kubectl
        .find("secret", secret)
        .orElseThrow(
            () ->
                missing(
                    "There is no Secret %s in namespace %s: spec.tutor.configSecretRef must name the one that holds config.yml."
                        .formatted(secret, order.namespace())));
  }

  private String decode(JsonNode object, String secret) {
    var data = object.path("data").path(key());
    if (data.isMissingNode()) {
      throw missing(
          "Secret %s has no key %s: put Tutor's config.yml there, or name its key in spec.tutor.configSecretRef."
              .formatted(secret, key()));
    }
    return new String(Base64.getDecoder().decode(data.asText()), StandardCharsets.UTF_8);
  }

  private String key() {
    var key = order.configKey();
    return key == null ? "config.yml" : key;
  }

  private Path file() {
    var path = order.configPath();
    return volume.resolve(path == null ? "config.yml" : path);
  }

  private String readFile() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw missing(
          "There is no readable config.yml at %s of the volume of spec.tutor.persistentVolumeClaim (%s)."
              .formatted(volume.relativize(file()), e.getClass().getSimpleName()));
    }
  }

  private void writeFile(String text) {
    var file = file();
    var next = file.resolveSibling(file.getFileName() + ".openedx-ops");
    try {
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw missing(
          "config.yml cannot be written back to the volume of spec.tutor.persistentVolumeClaim (%s): make it writable for the pod's user."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static TaskFailure missing(String what) {
    return new TaskFailure(
        ExitCode.CONFIGURATION, "ConfigMissing", what + " Then set a new spec.retryToken.");
  }
}
