package io.openedx.ops.worker.aspects.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every workload runs the image that was rendered, and those with Aspects' code in them the content
 * that was recorded.
 */
final class RunningImages {
  private RunningImages() {}

  static int proven(SiteContext site, Artefact artefact) {
    var wrong = new ArrayList<String>();
    var live = Rollouts.live(site.kubectl());
    for (var wanted : artefact.manifests().workloads()) {
      var found = live.get(wanted.toString());
      if (found == null) {
        wrong.add(wanted + " is gone");
      } else if (!Set.copyOf(found.images()).containsAll(wanted.images())) {
        wrong.add("%s runs %s instead of %s".formatted(wanted, found.images(), wanted.images()));
      }
    }
    var recorded = new TreeMap<>(artefact.facts().digests());
    // Another content of a database's or a proxy's tag is its publisher's doing.
    recorded.keySet().retainAll(artefact.manifests().versionedImages());
    Rollouts.digests(runningPods(site), recorded.keySet())
        .forEach(
            (image, digest) -> {
              if (!digest.equals(recorded.get(image))) {
                wrong.add(
                    "a pod runs %s as %s, recorded was %s"
                        .formatted(image, digest, recorded.get(image)));
              }
            });
    if (!wrong.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "OtherImages",
          "The site does not run what was rendered: %s. Somebody has changed it meanwhile, or a tag was pushed again. Find out who, then set a new spec.retryToken."
              .formatted(String.join("; ", wrong.subList(0, Math.min(4, wrong.size())))));
    }
    return recorded.size();
  }

  private static List<JsonNode> runningPods(SiteContext site) {
    return site.kubectl().list("pods", "").stream()
        .filter(each -> each.path("status").path("phase").asText("").equals("Running"))
        .toList();
  }
}
