package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.hop.MfeRebuild;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** The images that carry Aspects' plugins change, and their tags say so. */
final class OpenedxImageCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    if (upgrade == null) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    if (upgrade.mfe() instanceof MfeRebuild.Impossible impossible) {
      findings.add(Found.blocker("InContextMetricsImpossible", "%s", impossible.why()));
    }
    if (PinnedSettingsCheck.builds(look) || look.course().record().underWay()) {
      // Half an upgrade has rolled the new tag out already.
      return findings;
    }
    var before = look.site().catalog().require(Version.of(upgrade.from().toString()));
    if (!before.platformPlugin().equals(upgrade.to().platformPlugin())) {
      same(
          look,
          "lms",
          "DOCKER_IMAGE_OPENEDX",
          "platform-plugin-aspects %s".formatted(upgrade.to().platformPlugin()),
          findings);
    }
    if (upgrade.mfe() instanceof MfeRebuild.Needed needed) {
      same(look, "mfe", "MFE_DOCKER_IMAGE", needed.why(), findings);
    }
    return findings;
  }

  private static void same(
      Look look, String workload, String setting, String why, List<Finding> findings) {
    var wanted = look.settings().text(setting);
    var runs =
        look.workloads().stream()
            .anyMatch(
                each ->
                    each.name().equals(workload)
                        && each.kind().equals("Deployment")
                        && each.images().contains(wanted));
    if (runs) {
      findings.add(
          Acceptable.blocker(
              look,
              "SameImageTag",
              "%s is %s, which %s runs already: nodes keep an image whose tag they know, so what was built into it for the new version (%s) would never start. Push it under a new tag and set that in config.yml.",
              setting,
              wanted,
              workload,
              why));
    }
  }
}
