package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The run's Secret {@code <run>-environment}: passwords are in what Tutor renders. */
public final class Artefacts {
  private static final String SITE = "site.yaml.gz";
  private static final String FACTS = "facts.json.gz";
  private static final String CONFIG = "config.yml";
  private static final String CONFIG_BEFORE = "config-before.yml";

  private final AspectsOrder order;
  private final Kubectl kubectl;

  public Artefacts(AspectsOrder order, Kubectl kubectl) {
    this.order = order;
    this.kubectl = kubectl;
  }

  public String secretName() {
    return RunObjects.run(order) + "-environment";
  }

  public void save(String site, Facts facts, String configBefore, String config) {
    var secret = RunObjects.owned(order, "v1", "Secret", secretName());
    secret.put("type", "Opaque");
    var data = secret.putObject("data");
    put(data, SITE, zip(site));
    put(data, FACTS, zip(Json.write(facts)));
    put(data, CONFIG, config.getBytes(StandardCharsets.UTF_8));
    put(data, CONFIG_BEFORE, configBefore.getBytes(StandardCharsets.UTF_8));
    kubectl.save(secret);
  }

  /** Keeps config.yml as it is before this run changes it; once kept, it stays. */
  public void keep(String config) {
    if (kubectl.find("secret", secretName()).isEmpty()) {
      var secret = RunObjects.owned(order, "v1", "Secret", secretName());
      secret.put("type", "Opaque");
      put(secret.putObject("data"), CONFIG_BEFORE, config.getBytes(StandardCharsets.UTF_8));
      kubectl.save(secret);
    }
  }

  /** Other facts, the rest as it is. */
  public void record(Facts facts) {
    var patch = Json.object();
    put(patch.putObject("data"), FACTS, zip(Json.write(facts)));
    kubectl.patch("secret", secretName(), patch);
  }

  /** config.yml as it was before this run first changed it; the given one if it has not yet. */
  public String configBefore(String now) {
    return kubectl
        .find("secret", secretName())
        .map(each -> each.path("data").path(CONFIG_BEFORE).asText(""))
        .filter(each -> !each.isEmpty())
        .map(each -> new String(Base64.getDecoder().decode(each), StandardCharsets.UTF_8))
        .orElse(now);
  }

  public Artefact load() {
    return find()
        .orElseThrow(
            () ->
                new TaskFailure(
                    ExitCode.CONTRADICTION,
                    "EnvironmentMissing",
                    "Secret %s, which holds what RenderEnvironment rendered, is gone. Nothing can go on without it: make a new AspectsUpgrade."
                        .formatted(secretName())));
  }

  /** Empty where the run has rendered nothing. */
  public Optional<Artefact> find() {
    return kubectl.find("secret", secretName()).map(each -> read(each.path("data")));
  }

  private static Artefact read(JsonNode data) {
    return new Artefact(
        Manifests.parse(unzip(data.path(SITE).asText(""))),
        Json.read(unzip(data.path(FACTS).asText("")), Facts.class),
        plain(data.path(CONFIG_BEFORE).asText("")),
        plain(data.path(CONFIG).asText("")));
  }

  private static void put(ObjectNode data, String key, byte[] bytes) {
    data.put(key, Base64.getEncoder().encodeToString(bytes));
  }

  private static String plain(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static byte[] zip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String unzip(String base64) {
    try (var zip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
