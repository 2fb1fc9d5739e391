package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.verify.AfterRemoval;
import io.openedx.ops.worker.aspects.verify.AlembicHead;
import io.openedx.ops.worker.aspects.verify.ExpectedRelations;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The old is gone, the new intact. */
public final class FinalVerifyTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var record = new RemovalRecords(site).load();
    var siteWorld = SiteWorld.of(site, artefact);
    var world = siteWorld.world();
    var back =
        record.dropped().stream()
            .map(RemovalRecord.Dropped::name)
            .filter(world.relations()::containsKey)
            .map(TableName::toString)
            .collect(Collectors.joining(", "));
    if (!back.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "DroppedIsBack",
          "%s was dropped and is there again: something still makes it, perhaps a dbt job of an older version. Find it, then set a new spec.retryToken."
              .formatted(back));
    }
    var evidence = new TreeMap<String, String>();
    evidence.put("gone", Integer.toString(record.dropped().size()));
    evidence.put("alembic", AlembicHead.proven(site, siteWorld.server(), artefact.facts()));
    evidence.putAll(
        AfterRemoval.proven(
            site,
            siteWorld.server(),
            artefact.facts(),
            record.dropped().stream().map(each -> each.name().toString()).toList()));
    evidence.put(
        "relations",
        Integer.toString(ExpectedRelations.proven(site, siteWorld.server(), artefact.facts())));
    var kept = siteWorld.plan(world).kept();
    evidence.put("kept", Integer.toString(kept.size()));
    return new TaskResult(
        "VerifiedAfterRemoval",
        "%s old relation(s) are gone, %s of Aspects %s are there, %d stay that upstream would have dropped or forgot."
            .formatted(
                evidence.get("gone"),
                evidence.get("relations"),
                artefact.facts().version(),
                kept.size()),
        evidence);
  }
}
