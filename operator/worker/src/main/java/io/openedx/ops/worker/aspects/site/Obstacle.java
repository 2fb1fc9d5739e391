package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.worker.aspects.program.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a pod does not get ready, in a sentence with what to do. */
public final class Obstacle {
  private Obstacle() {}

  /** The first reason among these pods; empty while they are only on their way. */
  public static Optional<String> of(List<JsonNode> pods) {
    return pods.stream().flatMap(each -> of(each).stream()).findFirst();
  }

  /** The reason of one pod. */
  public static Optional<String> of(JsonNode pod) {
    var name = Json.text(pod, "metadata.name");
    return Stream.concat(unschedulable(pod).stream(), containers(pod))
        .map(why -> "pod %s: %s".formatted(name, why))
        .findFirst();
  }

  private static Optional<String> unschedulable(JsonNode pod) {
    return Json.elements(pod.path("status").path("conditions")).stream()
        .filter(each -> Json.text(each, "type").equals("PodScheduled"))
        .filter(each -> Json.text(each, "reason").equals("Unschedulable"))
        .map(each -> Json.text(each, "message"))
        .map(
            said ->
                said.contains("PersistentVolumeClaim")
                    ? "its volume is not bound: %s Provide the volume or a default StorageClass."
                        .formatted(sentence(said))
                    : "no node takes it: %s Give the cluster what it lacks."
                        .formatted(sentence(said)))
        .findFirst();
  }

  private static Stream<String> containers(JsonNode pod) {
    var status = pod.path("status");
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(each -> Json.elements(status.path(each)).stream())
        .flatMap(each -> container(each).stream());
  }

  private static Optional<String> container(JsonNode status) {
    var image = Json.text(status, "image");
    var reason = Json.text(status, "state.waiting.reason");
    var message = sentence(Json.text(status, "state.waiting.message"));
    return switch (reason) {
      case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
          Optional.of(
              "image %s cannot be pulled (%s) %s Push it, or correct its name or pull Secret."
                  .formatted(image, reason, message));
      case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
          Optional.of(
              "container %s cannot start: %s Make what it names."
                  .formatted(Json.text(status, "name"), message));
      case "CrashLoopBackOff" -> Optional.of(crash(status));
      default -> Optional.empty();
    };
  }

  private static String crash(JsonNode status) {
    var last = status.path("lastState").path("terminated");
    var killed = Json.text(last, "reason").equals("OOMKilled");
    return "container %s crashes again and again (exit code %s%s, %s restarts): %s"
        .formatted(
            Json.text(status, "name"),
            last.path("exitCode").asText("unknown"),
            killed ? ", out of memory" : "",
            status.path("restartCount").asText("0"),
            killed ? "give it more memory." : "read its log.");
  }

  private static String sentence(String said) {
    var text = said.strip();
    return text.isEmpty() || text.endsWith(".") ? text : text + ".";
  }
}
