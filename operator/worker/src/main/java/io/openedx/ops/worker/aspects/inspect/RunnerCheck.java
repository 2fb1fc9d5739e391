package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/**
 * The runner image renders the wanted version, for this namespace, with the Jobs that init needs.
 */
final class RunnerCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var findings = new ArrayList<Finding>();
    var described = look.settings().described();
    var plugin = described.plugin("aspects");
    if (plugin.isEmpty()) {
      findings.add(
          Found.blocker(
              "AspectsNotEnabled",
              "config.yml does not enable the plugin aspects (PLUGINS), or the runner image lacks it: there is nothing to upgrade. Use the site's own config.yml and a runner image with tutor-contrib-aspects."));
    } else if (look.resolution() instanceof Resolution.Resolved resolved
        && !plugin.equals(resolved.release().callsItself().toString())) {
      findings.add(
          Found.blocker(
              "WrongRunner",
              "The runner image has the Aspects plugin %s, wanted is %s: init's scripts would be those of another version. Build a runner image with tutor-contrib-aspects==%s and name it in a new AspectsUpgrade.",
              plugin,
              resolved.release().version(),
              resolved.release().version()));
    }
    var namespace = look.settings().text("K8S_NAMESPACE");
    if (!namespace.isEmpty() && !namespace.equals(look.site().order().namespace())) {
      findings.add(
          Found.blocker(
              "WrongNamespace",
              "config.yml renders for namespace %s (K8S_NAMESPACE), this run is in %s. Make the AspectsUpgrade in the site's namespace.",
              namespace,
              look.site().order().namespace()));
    }
    if (!plugin.isEmpty() && !look.settings().flag("RUN_SUPERSET")) {
      findings.add(
          Found.blocker(
              "SupersetOff",
              "RUN_SUPERSET is false: then Tutor renders no superset-job and init cannot run. Set it to true in config.yml."));
    }
    return findings;
  }
}
