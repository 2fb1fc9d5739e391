package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the pods of a Deployment are those of its newest template. */
final class Rollout {
  private Rollout() {}

  /** What is still to come; null when nothing is. */
  static @Nullable String unfinished(Deployment deployment) {
    var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    var wanted = count(deployment.getSpec().getReplicas(), 1);
    if (Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
        < Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L)) {
      return "its newest template was not seen yet";
    }
    var updated = count(status.getUpdatedReplicas(), 0);
    if (updated < wanted) {
      return "%d of %d pods are of its newest template".formatted(updated, wanted);
    }
    var all = count(status.getReplicas(), 0);
    if (all > updated) {
      return "%d pod(s) of an older template still run".formatted(all - updated);
    }
    var ready = count(status.getAvailableReplicas(), 0);
    return ready < wanted ? "%d of %d pods are available".formatted(ready, wanted) : null;
  }

  private static int count(@Nullable Integer number, int absent) {
    return number == null ? absent : number;
  }
}
