package io.openedx.ops.worker.aspects.rollout;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.backup.Backups;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.Censuses;
import io.openedx.ops.worker.aspects.rows.Counted;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Brings what was rendered into the cluster; ends when every workload runs it. */
public final class ApplyManifestsTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var untouched = !UpgradeRecord.read(site.kubectl()).underWay();
    if (untouched) {
      // The gate before may have been shut for long; afterwards a backup would hold half an
      // upgrade.
      new Backups(site).ensure();
    }
    count(site, artefact, untouched);
    UpgradeRecord.begin(site.kubectl(), site.order(), artefact.facts());
    var notApplied = apply(site, artefact.manifests());
    var workloads = artefact.manifests().workloads();
    try {
      new Rollouts(site, Task.APPLY_MANIFESTS).await(workloads);
    } catch (TaskFailure e) {
      throw notApplied.isEmpty() ? e : e.rewritten(said -> said + administrator(notApplied));
    }
    var evidence = new TreeMap<String, String>();
    if (!notApplied.isEmpty()) {
      evidence.put("notApplied", notApplied);
    }
    evidence.put("workloads", Integer.toString(workloads.size()));
    evidence.put("clickhouse", clickHouse(site, artefact));
    return new TaskResult(
        "RolledOut",
        "%d workloads run what was rendered for Aspects %s; ClickHouse answers as %s."
            .formatted(workloads.size(), artefact.facts().version(), evidence.get("clickhouse")),
        evidence);
  }

  /** What the tables hold before anything changes them, once for the run. */
  private static void count(SiteContext site, Artefact artefact, boolean untouched) {
    var censuses = new Censuses(site);
    if (untouched || censuses.find().isEmpty()) {
      site.say(Task.APPLY_MANIFESTS, 0, 0, "tables", "counting rows");
      var server =
          site.clickHouse(artefact.facts().clickhouse(), SiteConfig.parse(artefact.config()));
      censuses.save(Census.take(server, Counted.tables(site, artefact), untouched, site.stop()));
    }
  }

  /** Returns what the run has no right to apply. */
  private static String apply(SiteContext site, Manifests manifests) {
    if (site.order().manifestsMode().equals("External")) {
      new ExternalSync(site).await(manifests);
      return "";
    }
    site.say(Task.APPLY_MANIFESTS, 0, 0, "workloads", "applying the manifests");
    var clusterWide = manifests.clusterWide();
    var notApplied = "";
    if (!clusterWide.isEmpty()) {
      try {
        site.kubectl().apply(Json.yaml(clusterWide));
      } catch (TaskFailure e) {
        if (!e.reason().equals("MissingRight")) {
          throw e;
        }
        notApplied =
            clusterWide.stream()
                .map(each -> new Workload(each).toString())
                .collect(Collectors.joining(", "));
      }
    }
    site.kubectl().apply(manifests.appliable());
    return notApplied;
  }

  private static String administrator(String notApplied) {
    return " Besides, the run has no right to apply what is outside of its namespace: %s. An administrator applies them (tutor k8s start, or kubectl apply of these objects out of Secret <run>-environment)."
        .formatted(notApplied);
  }

  /** Its version, at least the wanted one. */
  private static String clickHouse(SiteContext site, Artefact artefact) {
    var server =
        site.clickHouse(artefact.facts().clickhouse(), SiteConfig.parse(artefact.config()));
    var found = server.version();
    var wanted = site.catalog().require(Version.of(artefact.facts().version())).clickhouse();
    if (older(found, wanted)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ClickHouseTooOld",
          "%s answers as version %s, Aspects %s needs %s. Upgrade it (config.yml may pin DOCKER_IMAGE_CLICKHOUSE; an external server is upgraded by whoever runs it), then set a new spec.retryToken."
              .formatted(server.label(), found, artefact.facts().version(), wanted),
          Map.of("clickhouse", found));
    }
    return found;
  }

  /** Compares as many numbers as the wanted version has: 25.8. */
  static boolean older(String found, String wanted) {
    var has = found.split("\\.", -1);
    var needs = wanted.split("\\.", -1);
    for (int i = 0; i < needs.length; i++) {
      var difference = number(i < has.length ? has[i] : "0") - number(needs[i]);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static int number(String text) {
    var digits = text.replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
