package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.Kept;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out what may be dropped, and why everything else stays. Changes nothing on the server. */
public final class PlanRemovalTask implements SiteTask {
  private static final String NO_RETURN =
      "RemoveDeprecated: what is dropped comes back from the backup only, and older dashboards read it.";

  @Override
  public TaskResult run(SiteContext site) {
    site.say(Task.PLAN_REMOVAL, 0, 0, "relations", "looking at what is there");
    return site.order().removal().method().equals(UpstreamRemoval.METHOD)
        ? new UpstreamRemoval(site).plan()
        : planned(site);
  }

  private static TaskResult planned(SiteContext site) {
    var resting = Resting.proven(site);
    var plan = resting.world().plan(resting.world().world());
    var records = new RemovalRecords(site);
    records.save(
        records.find().map(each -> each.planned(plan)).orElseGet(() -> RemovalRecord.of(plan)));
    return new TaskResult(
        plan.drops().isEmpty() ? "NothingToRemove" : "RemovalPlanned",
        "%d relation(s) with %d rows may be dropped, %d of the names that upstream would drop or forgot stay, %d of them because of what the site made itself."
            .formatted(plan.drops().size(), plan.rows(), plan.kept().size(), plan.held().size()),
        evidence(plan, resting),
        findings(plan, resting.world().datasets()),
        new PlanReport(
            plan.identity(),
            plan.text(),
            NO_RETURN,
            "%d statement(s), seconds each".formatted(plan.drops().size())));
  }

  private static Map<String, String> evidence(DropPlan plan, Resting resting) {
    var evidence = new TreeMap<>(resting.evidence());
    evidence.put("drops", Integer.toString(plan.drops().size()));
    evidence.put("rows", Long.toString(plan.rows()));
    evidence.put("bytes", Long.toString(plan.bytes()));
    evidence.put("kept", Integer.toString(plan.kept().size()));
    evidence.put("held", Integer.toString(plan.held().size()));
    evidence.put("notRebuilt", Integer.toString(plan.stale().size()));
    return evidence;
  }

  /** What the site itself uses: whoever owns it must move before it can go. And what dbt forgot. */
  private static List<Finding> findings(DropPlan plan, DatasetReaders datasets) {
    var findings = new ArrayList<Finding>();
    datasets.risk().ifPresent(findings::add);
    plan.idle()
        .forEach(
            each ->
                findings.add(
                    Found.risk(
                        "MayBreakIdle",
                        "spec.removal.mayBreak: %s. Nothing goes for its sake. Approve the plan as it is, and make another AspectsUpgrade to the same version with the right name for the rest.",
                        each)));
    plan.stale()
        .forEach(
            each ->
                findings.add(
                    Found.risk(
                        "NotRebuilt",
                        "%s, which is given up: dbt has not built it anew. Run tutor k8s do dbt --only_changed False -c 'run --select %s'.",
                        each,
                        each.model().name())));
    if (!plan.detached().isEmpty()) {
      findings.add(
          Found.risk(
              "Detached",
              "%s is detached, and nobody can tell what it reads: if it may come back, attach it before you approve; should it need what would go, the plan is void and made anew.",
              plan.detached()));
    }
    plan.kept().stream()
        .filter(each -> each.why() != Kept.Why.LIVE)
        .forEach(
            each ->
                findings.add(
                    Found.risk(
                        each.why() == Kept.Why.OWN ? "HeldBySite" : "Kept",
                        "%s stays: %s",
                        each.name(),
                        each.sentence())));
    return findings;
  }
}
