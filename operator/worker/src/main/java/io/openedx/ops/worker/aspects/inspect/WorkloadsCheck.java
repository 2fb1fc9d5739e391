package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The site is well before it is changed, and nobody else is changing it. */
final class WorkloadsCheck implements Check {
  private static final String TUTORS = "app.kubernetes.io/managed-by=tutor";

  @Override
  public List<Finding> findings(Look look) {
    var findings = new ArrayList<Finding>();
    var ill =
        look.workloads().stream()
            .filter(each -> !each.kind().equals("Job") && !Rollouts.done(each))
            .map(Workload::toString)
            .collect(Collectors.joining(", "));
    if (!ill.isEmpty()) {
      findings.add(
          Found.risk(
              "NotReady",
              "These do not run as they should already before the upgrade: %s. The same may hold its roll-outs up.",
              ill));
    }
    var jobs =
        look.site().kubectl().list("jobs", TUTORS).stream()
            .filter(each -> each.path("status").path("active").asInt(0) > 0)
            .map(each -> each.path("metadata").path("name").asText())
            .collect(Collectors.joining(", "));
    if (!jobs.isEmpty()) {
      findings.add(
          Found.risk(
              "TutorJobsActive",
              "Jobs of Tutor run in this namespace: %s. Init waits for their end.",
              jobs));
    }
    return findings;
  }
}
