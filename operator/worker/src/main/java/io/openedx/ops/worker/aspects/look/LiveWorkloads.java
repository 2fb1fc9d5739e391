package io.openedx.ops.worker.aspects.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What runs in the site's namespace, and what ran last to its end. */
final class LiveWorkloads {
  private static final String KINDS = "deployments,statefulsets,daemonsets,jobs";

  private LiveWorkloads() {}

  static List<Workload> read(Kubectl kubectl) {
    return of(kubectl.list(KINDS, ""));
  }

  /** Of Jobs, the newest that ended well counts, under the name of its manifest. */
  static List<Workload> of(List<JsonNode> objects) {
    var all = new ArrayList<Workload>();
    var jobs = new TreeMap<String, JsonNode>();
    objects.stream()
        .sorted(Comparator.comparing(each -> Json.text(each, "metadata.creationTimestamp")))
        .forEach(
            each -> {
              if (!Json.text(each, "kind").equals("Job")) {
                all.add(new Workload(each));
              } else if (each.path("status").path("succeeded").asInt(0) > 0) {
                var name = Json.text(each, "metadata.name");
                var end = name.indexOf("-job-");
                if (end > 0) {
                  jobs.put(name.substring(0, end + 4), each);
                }
              }
            });
    jobs.forEach((name, job) -> all.add(new Workload(renamed(job, name))));
    return all;
  }

  private static JsonNode renamed(JsonNode job, String name) {
    var renamed = (ObjectNode) job.deepCopy();
    ((ObjectNode) renamed.get("metadata")).put("name", name);
    return renamed;
  }
}
