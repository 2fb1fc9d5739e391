package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** What is asked for exists, fits the site's Tutor, and is no step back. */
final class VersionCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.resolution() instanceof Resolution.Refused refused) {
      return List.of(Found.blocker(refused.reason(), "%s", refused.message()));
    }
    var findings = new ArrayList<Finding>();
    if (look.resolution() instanceof Resolution.Resolved resolved) {
      findings.add(
          Found.ok(
              "Version",
              "Aspects %s is for Tutor %s, which this runner has.",
              resolved.release().version(),
              look.settings().described().tutorVersion()));
      resolved.advice().forEach(each -> findings.add(Found.risk("VersionAdvice", "%s", each)));
    }
    return findings;
  }
}
