package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.worker.aspects.program.Json;
import java.util.List;
import java.util.stream.Stream;

/** A Deployment, StatefulSet, DaemonSet or Job, in a manifest or as the cluster has it. */
public record Workload(JsonNode object) {
  /** Its pods' environment may hold secrets. */
  @Override
  public String toString() {
    return kind() + " " + name();
  }

  public String kind() {
    return Json.text(object, "kind");
  }

  public String name() {
    return Json.text(object, "metadata.name");
  }

  /** For {@code kubectl}: {@code deployment}. */
  public String resource() {
    return kind().toLowerCase(java.util.Locale.ROOT);
  }

  /** Desired replicas; 1 where nothing is said. */
  public int replicas() {
    return object.path("spec").path("replicas").asInt(1);
  }

  public String annotation(String name) {
    return object.path("metadata").path("annotations").path(name).asText("");
  }

  /** Containers, then init containers. */
  public List<JsonNode> containers() {
    var pod = object.path("spec").path("template").path("spec");
    return Stream.of("containers", "initContainers")
        .flatMap(each -> Json.elements(pod.path(each)).stream())
        .toList();
  }

  public List<String> images() {
    return containers().stream()
        .map(each -> Json.text(each, "image"))
        .filter(image -> !image.isEmpty())
        .distinct()
        .toList();
  }
}
