package io.openedx.ops.worker.aspects.images;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Command;
import io.openedx.ops.worker.aspects.program.Tail;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** {@code tutor images build --no-cache} by a BuildKit elsewhere, pushed as it is built. */
final class ImageBuild {
  private static final Duration PATIENCE = Duration.ofHours(4);
  private static final String BUILDER = "openedx-ops";

  private final SiteContext site;
  private final String docker;

  /**
   * @param docker the program's name on PATH
   */
  ImageBuild(SiteContext site, String docker) {
    this.site = site;
    this.docker = docker;
  }

  /**
   * @param names as {@code tutor images build} knows them
   */
  void run(Collection<String> names) {
    var folder = site.tutor().root().resolve("docker");
    var environment = Map.of("DOCKER_CONFIG", folder.toString(), "BUILDX_BUILDER", BUILDER);
    new PushCredentials(site).write(folder);
    connect(environment);
    int done = 0;
    for (var name : names) {
      site.say(Task.IMAGES, done++, names.size(), "images", "building " + name);
      build(name, environment);
    }
  }

  private void build(String name, Map<String, String> environment) {
    var tail = new Tail();
    var arguments = List.of("images", "build", name, "--no-cache", "--output=type=registry");
    if (site.tutor().follow(PATIENCE, environment, arguments, tail::add) != 0) {
      throw BuildFailure.of(name, site.order().images(), tail.text());
    }
  }

  /**
   * {@code create} only writes the address down; {@code inspect} asks whether somebody is there.
   */
  private void connect(Map<String, String> environment) {
    var builder = site.order().images().builder();
    if (builder == null) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BuilderMissing",
          "spec.images.mode is Build and spec.images.builder is empty: name the address of BuildKit, for example tcp://buildkitd:1234, in a new AspectsUpgrade.");
    }
    var said = new Tail();
    var created =
        buildx(
            List.of("create", "--name", BUILDER, "--driver", "remote", builder), environment, said);
    if (created != 0 && !said.text().contains("existing instance")) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BuilderUnusable",
          "BuildKit at %s cannot be used: %s. Nothing was built. spec.images.builder must be an address that buildx knows (tcp://HOST:PORT), and the runner image must carry docker with its plugin buildx. Correct it, then set a new spec.retryToken."
              .formatted(builder, BuildFailure.sentence(said.text())));
    }
    var answer = new Tail();
    if (buildx(List.of("inspect", "--bootstrap", BUILDER), environment, answer) != 0) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BuilderUnreachable",
          "BuildKit at %s does not answer: %s. Nothing was built and nothing of the site was touched. See whether buildkitd runs there, listens on that port, and whether a NetworkPolicy keeps the run's pods from it; then set a new spec.retryToken."
              .formatted(builder, BuildFailure.sentence(answer.text())));
    }
  }

  private int buildx(List<String> arguments, Map<String, String> environment, Tail said) {
    var all = new ArrayList<>(List.of(docker, "buildx"));
    all.addAll(arguments);
    return site.tutor()
        .programs()
        .follow(new Command(all, environment, null, Duration.ofMinutes(2)), said::add);
  }
}
