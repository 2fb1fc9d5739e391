package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.worker.aspects.program.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rendered manifests: what the cluster is to be told. */
public final class Manifests {
  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

  private static final Set<String> CLUSTER_WIDE =
      Set.of("ClusterRole", "ClusterRoleBinding", "PriorityClass");
  private static final Pattern VERSIONED =
      Pattern.compile(
          "Job (lms|cms|aspects|superset)-job|Deployment (mfe|(superset|lms|cms)(-.*)?)");

  private final List<JsonNode> objects;

  private Manifests(List<JsonNode> objects) {
    this.objects = List.copyOf(objects);
  }

  public static Manifests parse(String yaml) {
    return new Manifests(Json.documents(yaml));
  }

  /** Some of them are secret. */
  @Override
  public String toString() {
    return "Manifests[" + objects.size() + "]";
  }

  public List<JsonNode> objects() {
    return objects;
  }

  /** Everything in the namespace but Jobs, which would run at once. */
  public String appliable() {
    return Json.yaml(
        objects.stream()
            .filter(each -> !kind(each).equals("Job") && !kind(each).equals("Namespace"))
            .filter(each -> !CLUSTER_WIDE.contains(kind(each)))
            .toList());
  }

  /** What Vector brings outside of the namespace: a run may lack the right to it. */
  public List<JsonNode> clusterWide() {
    return objects.stream().filter(each -> CLUSTER_WIDE.contains(kind(each))).toList();
  }

  /** Deployments, StatefulSets and DaemonSets. */
  public List<Workload> workloads() {
    return objects.stream()
        .filter(each -> WORKLOADS.contains(kind(each)))
        .map(Workload::new)
        .toList();
  }

  public Optional<JsonNode> job(String name) {
    return objects.stream()
        .filter(each -> kind(each).equals("Job") && Json.text(each, "metadata.name").equals(name))
        .findFirst();
  }

  /** RunObjects of the ConfigMaps; those that kustomize generated change with their content. */
  public Set<String> configMaps() {
    var names = new TreeSet<String>();
    objects.stream()
        .filter(each -> kind(each).equals("ConfigMap"))
        .forEach(each -> names.add(Json.text(each, "metadata.name")));
    return names;
  }

  /** Every image in them, and where: {@code Deployment superset}, {@code Job aspects-job}. */
  public Map<String, Set<String>> images() {
    var images = new TreeMap<String, Set<String>>();
    for (var object : objects) {
      var where = kind(object) + " " + Json.text(object, "metadata.name");
      for (var image : new Workload(object).images()) {
        images.computeIfAbsent(image, any -> new TreeSet<>()).add(where);
      }
    }
    return images;
  }

  /** Images with Aspects' code in them: a version is what their content is. */
  public Set<String> versionedImages() {
    var images = new TreeSet<String>();
    images()
        .forEach(
            (image, users) -> {
              if (users.stream().anyMatch(each -> VERSIONED.matcher(each).matches())) {
                images.add(image);
              }
            });
    return images;
  }

  private static String kind(JsonNode object) {
    return Json.text(object, "kind");
  }
}
