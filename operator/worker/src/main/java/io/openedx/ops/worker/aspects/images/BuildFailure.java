package io.openedx.ops.worker.aspects.images;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Locale;

/** Why an image was not built, or built and not pushed: from what BuildKit said last. */
final class BuildFailure {
  private static final List<String> REFUSALS =
      List.of("unauthorized", "authentication required", "denied", "401", "403", "forbidden");
  private static final List<String> LOST =
      List.of(
          "waiting for connection",
          "error reading from server",
          "connection refused",
          "connection reset",
          "transport is closing",
          "unavailable");

  private BuildFailure() {}

  static TaskFailure of(String image, AspectsOrder.Images images, String log) {
    var said = log.toLowerCase(Locale.ROOT);
    var what = sentence(log);
    if (said.contains("failed to push") || said.contains("pushing layers")) {
      return refused(image, images, said, what).withLog(log);
    }
    if (lost(what.toLowerCase(Locale.ROOT))) {
      return new TaskFailure(
              ExitCode.TRANSIENT,
              "BuilderLost",
              "The connection to BuildKit at %s broke while image %s was built: %s. Nothing of the site was touched; it is built again."
                  .formatted(images.builder(), image, what))
          .withLog(log);
    }
    return new TaskFailure(
            ExitCode.CONFIGURATION,
            "BuildFailed",
            "Image %s was not built: %s. Nothing of the site was touched. The last lines are in the report. What a Dockerfile needs from the network, BuildKit must reach; what plugins and settings put into it, config.yml must say right. Correct it, then set a new spec.retryToken."
                .formatted(image, what))
        .withLog(log);
  }

  /** What a RUN or a registry of base images complains about is no loss of BuildKit. */
  private static boolean lost(String error) {
    return !error.contains("failed to solve") && LOST.stream().anyMatch(error::contains);
  }

  private static TaskFailure refused(
      String image, AspectsOrder.Images images, String said, String what) {
    var rights = REFUSALS.stream().anyMatch(said::contains);
    var secret =
        images.pushSecret() == null
            ? "spec.images.pushSecretRef names no Secret"
            : "the account is that of Secret " + images.pushSecret();
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        rights ? "PushRefused" : "PushFailed",
        "Image %s was built, and %s did not take it: %s. Nothing of the site was touched; %s. %s, then set a new spec.retryToken."
            .formatted(
                image,
                images.registry(),
                what,
                secret,
                rights
                    ? "Give that account the right to push there, or correct the Secret"
                    : "See whether BuildKit reaches the registry, and whether it has room"));
  }

  /** The line that says most: BuildKit's own error, else the last one. */
  static String sentence(String log) {
    var lines = log.strip().lines().map(String::strip).filter(each -> !each.isEmpty()).toList();
    var errors = lines.stream().filter(each -> each.startsWith("ERROR: ")).toList();
    if (lines.isEmpty()) {
      return "it said nothing";
    }
    var line = errors.isEmpty() ? lines.get(lines.size() - 1) : errors.get(errors.size() - 1);
    var sentence = line.replaceFirst("^ERROR: ", "").replaceFirst("\\.$", "");
    return sentence.length() <= 400 ? sentence : sentence.substring(0, 399) + "…";
  }
}
