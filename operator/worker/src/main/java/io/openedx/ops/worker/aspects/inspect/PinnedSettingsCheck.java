package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** Lines of config.yml that would make the new version run with parts of the old one, silently. */
final class PinnedSettingsCheck implements Check {
  private static final List<String> VERSIONED =
      List.of("DOCKER_IMAGE_ASPECTS", "DOCKER_IMAGE_SUPERSET");

  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    if (upgrade == null) {
      return List.of();
    }
    var config = look.config();
    var findings = new ArrayList<Finding>();
    for (var name : List.of("DBT_BRANCH", "DBT_REPOSITORY")) {
      if (config.has(name)) {
        findings.add(
            Acceptable.blocker(
                look,
                "PinnedDbtPackage",
                "config.yml sets %s: %s, so init would run those models whatever Aspects %s brings (aspects-dbt v%s), and report nothing. Pin your package to v%s and set its new branch, or remove the line.",
                name,
                config.text(name),
                upgrade.to().version(),
                upgrade.to().dbt(),
                upgrade.to().dbt()));
      }
    }
    var running = look.workloads().stream().flatMap(each -> images(each).stream()).toList();
    for (var name : VERSIONED) {
      if (!builds(look)
          && !look.course().record().underWay()
          && config.has(name)
          && running.contains(config.text(name))) {
        findings.add(
            Found.blocker(
                "PinnedImage",
                "config.yml sets %s: %s, the image that runs now: the new version would run the old one's code. Push an image of Aspects %s under a new tag and set it, or remove the line.",
                name,
                config.text(name),
                upgrade.to().version()));
      }
    }
    if (config.has("DOCKER_IMAGE_CLICKHOUSE")) {
      findings.add(
          Found.risk(
              "PinnedClickHouse",
              "config.yml sets DOCKER_IMAGE_CLICKHOUSE: %s; Aspects %s needs ClickHouse %s or newer.",
              config.text("DOCKER_IMAGE_CLICKHOUSE"),
              upgrade.to().version(),
              upgrade.to().clickhouse()));
    }
    return findings;
  }

  static boolean builds(Look look) {
    return look.site().order().images().mode().equals("Build");
  }

  private static List<String> images(Workload workload) {
    return workload.images();
  }
}
