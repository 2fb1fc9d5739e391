package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.task.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/**
 * Where config.yml lives: a Secret, or a file on a volume. Writing back is refused if somebody else
 * has changed it since it was read.
 */
public final class ConfigStore {
  private static final String KEY = "config.yml";

  private final AspectsOrder order;
  private final Kubectl kubectl;
  private final ConfigFile file;

  /**
   * @param volume where the claim is mounted; unused with a Secret
   */
  public ConfigStore(AspectsOrder order, Kubectl kubectl, Path volume) {
    this.order = order;
    this.kubectl = kubectl;
    this.file = new ConfigFile(volume, Objects.requireNonNullElse(order.configPath(), KEY));
  }

  /** config.yml as it is now, not as it was when the pod began. */
  public String read() {
    var secret = order.configSecret();
    return secret == null ? file.read() : decode(find(secret), secret);
  }

  /**
   * Replaces config.yml.
   *
   * @param before what the new text was made from
   */
  public void write(String before, String after) {
    var secret = order.configSecret();
    if (secret == null) {
      requireUnchanged(before, file.read());
      file.write(after);
    } else {
      write(secret, before, after);
    }
  }

  /** Of the object that was compared only, as its resourceVersion says. */
  private void write(String secret, String before, String after) {
    var object = find(secret);
    requireUnchanged(before, decode(object, secret));
    var patch = Json.object();
    patch
        .putObject("metadata")
        .put("resourceVersion", Json.text(object, "metadata.resourceVersion"));
    patch
        .putObject("data")
        .put(key(), Base64.getEncoder().encodeToString(after.getBytes(StandardCharsets.UTF_8)));
    kubectl.patch("secret", secret, patch);
  }

  private static void requireUnchanged(String before, String now) {
    if (!now.equals(before)) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "ConfigChanged",
          "config.yml was changed by somebody else while the environment was rendered from it; it is rendered again.");
    }
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

  /** Of the Secret. */
  public String key() {
    return Objects.requireNonNullElse(order.configKey(), KEY);
  }

  private static TaskFailure missing(String what) {
    return new TaskFailure(
        ExitCode.CONFIGURATION, "ConfigMissing", what + " Then set a new spec.retryToken.");
  }
}
