package io.openedx.ops.worker.aspects.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.List;
import java.util.Set;

/**
 * The workloads that write into ClickHouse. What they were before the pause stands on each of them,
 * so whoever comes next can restore it, a human too.
 */
final class Writers {
  /** Former replicas of a Deployment or StatefulSet; of a DaemonSet, that it was stopped. */
  static final String PAUSED = "ops.openedx.io/paused-replicas";

  /** A label that no node has: a DaemonSet cannot be scaled. */
  private static final String NOWHERE = "ops.openedx.io/paused";

  private static final Set<String> NAMES =
      Set.of("ralph", "vector", "vector-aggregator", "aspects-consumer");
  private static final String KINDS = "deployments,statefulsets,daemonsets";

  private final Kubectl kubectl;

  Writers(Kubectl kubectl) {
    this.kubectl = kubectl;
  }

  /** Those that the site has. */
  List<Workload> all() {
    return kubectl.list(KINDS, "").stream()
        .map(Workload::new)
        .filter(each -> NAMES.contains(each.name()) || !each.annotation(PAUSED).isEmpty())
        .toList();
  }

  List<Workload> paused() {
    return all().stream().filter(each -> !each.annotation(PAUSED).isEmpty()).toList();
  }

  /** Stops it and notes what it was, in one write. */
  void pause(Workload writer) {
    var patch = patch(writer, Integer.toString(writer.replicas()));
    if (daemon(writer)) {
      selector(patch).put(NOWHERE, "true");
    } else {
      spec(patch).put("replicas", 0);
    }
    kubectl.patch(writer.resource(), writer.name(), patch);
  }

  /** Restores what it was and forgets the note, in one write. */
  void resume(Workload writer) {
    var patch = patch(writer, null);
    if (daemon(writer)) {
      selector(patch).putNull(NOWHERE);
    } else {
      spec(patch).put("replicas", Integer.parseInt(writer.annotation(PAUSED)));
    }
    kubectl.patch(writer.resource(), writer.name(), patch);
  }

  static boolean stopped(Workload writer) {
    return daemon(writer)
        ? writer.object().path("status").path("currentNumberScheduled").asInt(0) == 0
        : writer.object().path("status").path("replicas").asInt(0) == 0;
  }

  private static boolean daemon(Workload writer) {
    return writer.kind().equals("DaemonSet");
  }

  /** Of the object as it was seen only: two notes must not overwrite each other. */
  private static ObjectNode patch(Workload writer, @org.jspecify.annotations.Nullable String note) {
    var patch = Json.object();
    var metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", Json.text(writer.object(), "metadata.resourceVersion"));
    metadata.putObject("annotations").put(PAUSED, note);
    return patch;
  }

  private static ObjectNode spec(ObjectNode patch) {
    return patch.putObject("spec");
  }

  private static ObjectNode selector(ObjectNode patch) {
    return spec(patch).putObject("template").putObject("spec").putObject("nodeSelector");
  }
}
