package io.openedx.ops.worker.aspects.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.worker.aspects.site.Workload;

/** Whether a workload runs what its object says, on every replica. */
final class RolloutState {
  private RolloutState() {}

  static boolean done(Workload workload) {
    var object = workload.object();
    var status = object.path("status");
    var generation = object.path("metadata").path("generation").asLong(0);
    if (status.path("observedGeneration").asLong(0) < generation) {
      return false;
    }
    return switch (workload.kind()) {
      case "Deployment" -> deployment(workload.replicas(), status);
      case "StatefulSet" -> statefulSet(workload.replicas(), status);
      default -> daemonSet(status);
    };
  }

  private static boolean deployment(int wanted, JsonNode status) {
    return number(status, "updatedReplicas") == wanted
        && number(status, "replicas") == wanted
        && number(status, "availableReplicas") == wanted;
  }

  private static boolean statefulSet(int wanted, JsonNode status) {
    return number(status, "readyReplicas") == wanted
        && status.path("currentRevision").equals(status.path("updateRevision"));
  }

  private static boolean daemonSet(JsonNode status) {
    var wanted = number(status, "desiredNumberScheduled");
    return number(status, "updatedNumberScheduled") == wanted
        && number(status, "numberAvailable") == wanted;
  }

  private static int number(JsonNode status, String name) {
    return status.path(name).asInt(0);
  }
}
