package io.openedx.ops.worker.aspects.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Changes;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Obstacle;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits for roll-outs as they happen; says at once what holds one up. */
public final class Rollouts {
  static final String KINDS = "deployments,statefulsets,daemonsets";
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(15);

  private final SiteContext site;
  private final Task task;

  public Rollouts(SiteContext site, Task task) {
    this.site = site;
    this.task = task;
  }

  /**
   * Returns when all of these are rolled out.
   *
   * @param wanted as the manifests have them
   */
  public void await(List<Workload> wanted) {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().rolloutSeconds());
    try (var changes = changes(wanted)) {
      while (true) {
        var left = unfinished(wanted);
        if (left.isEmpty()) {
          return;
        }
        var why = Obstacle.of(podsOf(left)).orElse("");
        site.say(
            task,
            wanted.size() - left.size(),
            wanted.size(),
            "workloads",
            "waiting for %s%s".formatted(names(left), why.isEmpty() ? "" : ": " + why));
        if (deadline.passed()) {
          throw hangs(left, why);
        }
        changes.await(shorter(deadline.left(), LOOK_AT_LEAST_EVERY));
      }
    }
  }

  private Changes changes(List<Workload> wanted) {
    var kinds = wanted.stream().map(Workload::resource).distinct().toArray(String[]::new);
    return site.kubectl().changes("", kinds);
  }

  /** Those that are missing or not rolled out, as the cluster has them where it has them. */
  private List<Workload> unfinished(List<Workload> wanted) {
    var live = live(site.kubectl());
    return wanted.stream()
        .map(each -> live.getOrDefault(each.toString(), each))
        .filter(each -> !RolloutState.done(each))
        .toList();
  }

  /** Whether a workload, as the cluster has it, runs what its object says on every replica. */
  public static boolean done(Workload workload) {
    return RolloutState.done(workload);
  }

  /** The namespace's workloads by kind and name. */
  public static Map<String, Workload> live(Kubectl kubectl) {
    var live = new TreeMap<String, Workload>();
    for (var object : kubectl.list(KINDS, "")) {
      var workload = new Workload(object);
      live.put(workload.toString(), workload);
    }
    return live;
  }

  private List<JsonNode> podsOf(List<Workload> workloads) {
    var pods = site.kubectl().list("pods", "");
    return pods.stream()
        .filter(pod -> workloads.stream().anyMatch(each -> selects(each, pod)))
        .toList();
  }

  static boolean selects(Workload workload, JsonNode pod) {
    var labels = pod.path("metadata").path("labels");
    var wanted = workload.object().path("spec").path("selector").path("matchLabels");
    return !wanted.isEmpty()
        && wanted.properties().stream()
            .allMatch(each -> labels.path(each.getKey()).equals(each.getValue()));
  }

  private TaskFailure hangs(List<Workload> left, String why) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "RolloutHangs",
        "After %d s these are not rolled out: %s. %s Then set a new spec.retryToken: it goes on from here."
            .formatted(
                site.order().deadlines().rolloutSeconds(),
                names(left),
                why.isEmpty()
                    ? "No pod says why: look at them with kubectl describe."
                    : "The reason: " + why),
        Map.of("notRolledOut", names(left)));
  }

  private static String names(List<Workload> workloads) {
    return workloads.stream().map(Workload::toString).collect(Collectors.joining(", "));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Images that the namespace's pods of these workloads run: image name to its digest. */
  public static Map<String, String> digests(List<JsonNode> pods, Set<String> images) {
    var digests = new TreeMap<String, String>();
    for (var pod : pods) {
      for (var status : Json.elements(pod.path("status").path("containerStatuses"))) {
        var id = Json.text(status, "imageID");
        for (var image : images) {
          if (!id.isEmpty() && runs(pod, Json.text(status, "name"), image)) {
            digests.put(image, id.substring(id.indexOf('@') + 1));
          }
        }
      }
    }
    return digests;
  }

  private static boolean runs(JsonNode pod, String container, String image) {
    return Json.elements(pod.path("spec").path("containers")).stream()
        .anyMatch(
            each ->
                Json.text(each, "name").equals(container)
                    && Json.text(each, "image").equals(image));
  }
}
