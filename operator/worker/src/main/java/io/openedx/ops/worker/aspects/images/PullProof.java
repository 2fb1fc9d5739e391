package io.openedx.ops.worker.aspects.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets a node pull images, one container each that ends at once: it proves name, registry and pull
 * Secrets together. An image whose name runs already is asked of its registry: has its content
 * changed? Any other is taken as its workload will take it, from the node where it lies there.
 */
final class PullProof {
  private static final String OF = "ops.openedx.io/pull-proof-of";

  private final SiteContext site;

  PullProof(SiteContext site) {
    this.site = site;
  }

  /** The digests of images that do not run yet. */
  Map<String, String> fresh(Set<String> images, Manifests manifests) {
    var wanted = List.copyOf(images);
    var found = pull("fresh", "IfNotPresent", wanted, pullSecrets(manifests));
    var absent = wanted.stream().filter(each -> !found.containsKey(each)).toList();
    if (!absent.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ImageMissing",
          "No node can get %s. Nothing of the site was touched. Build and push it, or correct its name in config.yml or the pull Secret; then set a new spec.retryToken."
              .formatted(String.join(", ", absent)),
          Map.of("missing", String.join(" ", absent)));
    }
    return found;
  }

  /** What a registry has under names that run; of one that does not answer, nothing. */
  Map<String, String> again(Set<String> images, Manifests manifests) {
    return pull("again", "Always", List.copyOf(images), pullSecrets(manifests));
  }

  private Map<String, String> pull(
      String name, String policy, List<String> images, List<JsonNode> secrets) {
    if (images.isEmpty()) {
      return Map.of();
    }
    var pod = "%s-%s-%s".formatted(RunObjects.run(site.order()), "images", name);
    site.kubectl().delete("pod", pod);
    awaitGone(pod);
    site.kubectl().create(pod(pod, policy, images, secrets));
    try {
      return awaitPulled(pod, images);
    } finally {
      site.kubectl().delete("pod", pod);
    }
  }

  private void awaitGone(String pod) {
    var deadline = Deadline.in(site.clock(), 60);
    while (site.kubectl().find("pod", pod).isPresent() && !deadline.passed()) {
      site.stop().sleep(Duration.ofMillis(300));
    }
  }

  private Map<String, String> awaitPulled(String pod, List<String> images) {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().rolloutSeconds());
    try (var changes = site.kubectl().changes(OF + "=" + RunObjects.run(site.order()), "pods")) {
      while (true) {
        var found =
            site.kubectl()
                .find("pod", pod)
                .orElseThrow(
                    () ->
                        new TaskFailure(
                            ExitCode.TRANSIENT,
                            "PodVanished",
                            "Pod %s, which proves that images can be pulled, was deleted by somebody; it is made anew."
                                .formatted(pod)));
        var statuses = Json.elements(found.path("status").path("containerStatuses"));
        var pulled = new TreeMap<String, String>();
        int refused = 0;
        for (var status : statuses) {
          var id = Json.text(status, "imageID");
          if (!id.isEmpty()) {
            pulled.put(image(status, images), id.substring(id.indexOf('@') + 1));
          } else if (refused(status)) {
            refused++;
          }
        }
        site.say(Task.IMAGES, pulled.size(), images.size(), "images", "pulling");
        if (pulled.size() + refused == images.size() || deadline.passed()) {
          return pulled;
        }
        changes.await(Duration.ofSeconds(10));
      }
    }
  }

  private static boolean refused(JsonNode status) {
    return switch (Json.text(status, "state.waiting.reason")) {
      case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" -> true;
      default -> false;
    };
  }

  /** Container names are {@code image-N}; what the kubelet calls the image may differ. */
  private static String image(JsonNode status, List<String> images) {
    var name = Json.text(status, "name");
    return images.get(Integer.parseInt(name.substring(name.indexOf('-') + 1)));
  }

  private ObjectNode pod(String name, String policy, List<String> images, List<JsonNode> secrets) {
    var pod = RunObjects.owned(site.order(), "v1", "Pod", name);
    ((ObjectNode) pod.at("/metadata/labels")).put(OF, RunObjects.run(site.order()));
    var spec = pod.putObject("spec");
    spec.put("restartPolicy", "Never");
    spec.put("automountServiceAccountToken", false);
    spec.put("enableServiceLinks", false);
    spec.put("terminationGracePeriodSeconds", 0);
    // A run that is cancelled now cannot remove it any more.
    spec.put("activeDeadlineSeconds", site.order().deadlines().rolloutSeconds());
    spec.putArray("imagePullSecrets").addAll(secrets);
    var containers = spec.putArray("containers");
    for (int i = 0; i < images.size(); i++) {
      var container = containers.addObject();
      container.put("name", "image-" + i).put("image", images.get(i));
      container.put("imagePullPolicy", policy);
      container.putArray("command").add("true");
      container.putObject("resources").putObject("requests").put("cpu", "1m").put("memory", "8Mi");
      var security = container.putObject("securityContext");
      security.put("allowPrivilegeEscalation", false).put("runAsUser", 65_532);
      security.put("runAsNonRoot", true).putObject("capabilities").putArray("drop").add("ALL");
      security.putObject("seccompProfile").put("type", "RuntimeDefault");
    }
    return pod;
  }

  private static List<JsonNode> pullSecrets(Manifests manifests) {
    var secrets = new ArrayList<JsonNode>();
    for (var workload : manifests.workloads()) {
      var pod = workload.object().path("spec").path("template").path("spec");
      Json.elements(pod.path("imagePullSecrets")).stream()
          .filter(each -> !secrets.contains(each))
          .forEach(secrets::add);
    }
    return secrets;
  }
}
