package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.init.InitTask;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.views.RefreshingViews;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskResult;
import java.util.TreeMap;

/** Alembic, images, roll-outs, relations, dbt's own tests; then the upgrade is over. */
public final class VerifyRelationsTask implements SiteTask {
  private static final String TESTS = "test";

  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var facts = artefact.facts();
    var evidence = new TreeMap<String, String>();
    new Rollouts(site, Task.VERIFY_RELATIONS).await(artefact.manifests().workloads());
    evidence.put("rolledOut", Integer.toString(artefact.manifests().workloads().size()));
    evidence.put("digests", Integer.toString(RunningImages.proven(site, artefact)));
    var server = site.clickHouse(facts.clickhouse(), SiteConfig.parse(artefact.config()));
    evidence.put("clickhouse", server.version());
    evidence.put("alembic", AlembicHead.proven(site, server, facts));
    evidence.put("relations", Integer.toString(ExpectedRelations.proven(site, server, facts)));
    var jobs = new InitJobs(site, Task.VERIFY_RELATIONS);
    for (var step : InitTask.steps("test", facts.dbt(TESTS))) {
      jobs.run(step, artefact.manifests());
    }
    evidence.put("dbtTests", "passed");
    var complaints =
        new RefreshingViews(server)
            .complaints().stream()
                .map(each -> Found.risk("RefreshFailed", "A view does not refresh: %s.", each))
                .toList();
    UpgradeRecord.end(site.kubectl(), site.order(), facts);
    return new TaskResult(
        "Verified",
        "Aspects %s runs: %d workloads with recorded images, ClickHouse %s, Alembic %s, dbt's tests pass."
            .formatted(
                facts.version(),
                artefact.manifests().workloads().size(),
                evidence.get("clickhouse"),
                evidence.get("alembic")),
        evidence,
        complaints);
  }
}
