package io.openedx.ops.worker.aspects.images;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds what is to be built, then proves by pulling that every image of the environment exists.
 */
public final class ImagesTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var build = site.order().images().mode().equals("Build");
    if (build) {
      // This may be another pod than the one that rendered.
      site.tutor().configure(artefact.config());
      site.tutor().save(Map.of());
      var names = BuiltImages.names(site.order(), Look.at(site).upgrade());
      new ImageBuild(site, "docker").run(names);
    }
    var wanted = artefact.manifests().images().keySet();
    var running = Rollouts.digests(site.kubectl().list("pods", ""), wanted);
    var proof = new PullProof(site);
    var fresh = new TreeSet<>(wanted);
    fresh.removeAll(running.keySet());
    var pulled = new TreeMap<>(proof.fresh(fresh, artefact.manifests()));
    var again = new TreeSet<>(running.keySet());
    again.retainAll(artefact.manifests().versionedImages());
    var known = proof.again(again, artefact.manifests());
    refuseReusedTags(running, known);
    var digests = new TreeMap<>(running);
    digests.putAll(pulled);
    site.artefacts().record(artefact.facts().withDigests(digests));
    var evidence = new TreeMap<String, String>();
    evidence.put("images", Integer.toString(wanted.size()));
    evidence.put("pulled", Integer.toString(pulled.size()));
    pulled.forEach((image, digest) -> evidence.put(image, shortened(digest)));
    return new TaskResult(
        build ? "Built" : "Found",
        "%d images%s; their digests are recorded."
            .formatted(wanted.size(), build ? ", some of them built and pushed" : " exist"),
        evidence);
  }

  private static void refuseReusedTags(Map<String, String> running, Map<String, String> known) {
    var reused = new ArrayList<String>();
    known.forEach(
        (image, digest) -> {
          var before = running.get(image);
          if (before != null && !before.equals(digest)) {
            reused.add(
                "%s (runs %s, the registry has %s)"
                    .formatted(image, shortened(before), shortened(digest)));
          }
        });
    if (!reused.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "TagReused",
          "The same tag has another content than what the site runs: %s. Nodes keep an image whose tag they know and nothing would roll out. Push it under a new tag, set the tag in config.yml (DOCKER_IMAGE_OPENEDX and the like) and make a new AspectsUpgrade."
              .formatted(String.join(", ", reused)));
    }
  }

  private static String shortened(String digest) {
    return digest.length() <= 19 ? digest : digest.substring(0, 19);
  }
}
