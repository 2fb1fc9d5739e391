package io.openedx.ops.worker.aspects.images;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.program.Command;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** {@code tutor images build --no-cache} by a BuildKit elsewhere, pushed as it is built. */
final class ImageBuild {
  private static final Duration PATIENCE = Duration.ofHours(4);
  private static final String BUILDER = "openedx-ops";

  private final SiteContext site;

  ImageBuild(SiteContext site) {
    this.site = site;
  }

  void run(Artefact artefact) {
    var environment = Map.of("DOCKER_CONFIG", credentials().toString(), "BUILDX_BUILDER", BUILDER);
    // This may be another pod than the one that rendered.
    site.tutor().configure(artefact.config());
    site.tutor().save(Map.of());
    connect(environment);
    var names = BuiltImages.names(site.order(), Look.at(site).upgrade());
    int done = 0;
    for (var name : names) {
      site.say(Task.IMAGES, done++, names.size(), "images", "building " + name);
      site.tutor()
          .run(
              PATIENCE,
              environment,
              List.of(
                  "images", "build", name, "--no-cache", "--docker-arg=--output=type=registry"));
    }
  }

  private void connect(Map<String, String> environment) {
    var builder = site.order().images().builder();
    if (builder == null) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BuilderMissing",
          "spec.images.mode is Build and spec.images.builder is empty: name the address of BuildKit, for example tcp://buildkitd:1234, in a new AspectsUpgrade.");
    }
    var lines = new ArrayList<String>();
    var command =
        new Command(
            List.of("docker", "buildx", "create", "--name", BUILDER, "--driver", "remote", builder),
            environment,
            null,
            Duration.ofMinutes(1));
    var status = site.tutor().programs().follow(command, lines::add);
    var said = String.join(" ", lines);
    if (status != 0 && !said.contains("existing instance")) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BuilderUnusable",
          "BuildKit at %s cannot be used: %s. Check spec.images.builder and that the runner image carries docker with buildx, then set a new spec.retryToken."
              .formatted(builder, said));
    }
  }

  /** A folder for DOCKER_CONFIG, with the push Secret where one is named. */
  private Path credentials() {
    var folder = site.tutor().root().resolve("docker");
    var secret = site.order().images().pushSecret();
    try {
      Files.createDirectories(folder);
      if (secret != null) {
        var config =
            site.kubectl()
                .find("secret", secret)
                .map(each -> each.path("data").path(".dockerconfigjson").asText(""))
                .filter(each -> !each.isEmpty())
                .orElseThrow(
                    () ->
                        new TaskFailure(
                            ExitCode.CONFIGURATION,
                            "MissingCredentials",
                            "Secret %s of spec.images.pushSecretRef has no key .dockerconfigjson. Fill it, then set a new spec.retryToken."
                                .formatted(secret)));
        var text = new String(Base64.getDecoder().decode(config), StandardCharsets.UTF_8);
        Json.parse(text)
            .path("auths")
            .forEach(
                each ->
                    site.redactor()
                        .learn(List.of(Json.text(each, "auth"), Json.text(each, "password"))));
        Files.writeString(folder.resolve("config.json"), text);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
