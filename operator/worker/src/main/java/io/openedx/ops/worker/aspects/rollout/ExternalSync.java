package io.openedx.ops.worker.aspects.rollout;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody else applies the manifests (a GitOps sync): waits until the cluster has the images and
 * the generated ConfigMaps that were rendered. Their names change with their content, so they tell
 * whether the sync rendered the same.
 */
final class ExternalSync {
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(15);

  private final SiteContext site;

  ExternalSync(SiteContext site) {
    this.site = site;
  }

  void await(Manifests wanted) {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().rolloutSeconds());
    try (var changes = site.kubectl().changes("", "deployments", "configmaps")) {
      while (true) {
        var missing = missing(wanted);
        if (missing.isEmpty()) {
          return;
        }
        site.say(
            Task.APPLY_MANIFESTS,
            0,
            wanted.workloads().size(),
            "workloads",
            "waiting for the sync: " + missing.get(0));
        if (deadline.passed()) {
          throw late(missing);
        }
        changes.await(LOOK_AT_LEAST_EVERY);
      }
    }
  }

  private List<String> missing(Manifests wanted) {
    var live = Rollouts.live(site.kubectl());
    var missing = new ArrayList<String>();
    for (var workload : wanted.workloads()) {
      var found = live.get(workload.toString());
      if (found == null) {
        missing.add(workload + " is not there");
      } else if (!Set.copyOf(found.images()).containsAll(workload.images())) {
        missing.add(
            "%s runs %s instead of %s".formatted(workload, found.images(), workload.images()));
      }
    }
    var maps =
        site.kubectl().list("configmaps", "").stream()
            .map(each -> Json.text(each, "metadata.name"))
            .collect(Collectors.toSet());
    wanted.configMaps().stream()
        .filter(each -> !maps.contains(each))
        .forEach(each -> missing.add("ConfigMap " + each + " is not there"));
    return missing;
  }

  private TaskFailure late(List<String> missing) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "NotSynced",
        "After %d s the cluster does not have what was rendered: %s%s. Render the site's repository with the same config.yml and the same versions of Tutor and Aspects, let it sync, then set a new spec.retryToken."
            .formatted(
                site.order().deadlines().rolloutSeconds(),
                String.join("; ", missing.subList(0, Math.min(3, missing.size()))),
                missing.size() > 3 ? " and %d more".formatted(missing.size() - 3) : ""));
  }
}
