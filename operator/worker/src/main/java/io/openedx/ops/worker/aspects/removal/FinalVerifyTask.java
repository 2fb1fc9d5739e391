package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.verify.AfterRemoval;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The old is gone, the new intact. */
public final class FinalVerifyTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var record = new RemovalRecords(site).load();
    var resting = Resting.proven(site);
    var world = resting.world().world();
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
    var plan = resting.world().plan(world);
    var evidence = new TreeMap<>(resting.evidence());
    evidence.put("gone", Integer.toString(record.dropped().size()));
    evidence.put("kept", Integer.toString(plan.kept().size()));
    evidence.put("held", Integer.toString(plan.held().size()));
    site.rendered()
        .ifPresent(
            artefact ->
                evidence.putAll(
                    AfterRemoval.proven(
                        site,
                        resting.world().server(),
                        artefact.facts(),
                        record.dropped().stream().map(RemovalRecord.Dropped::name).toList(),
                        resting.world().datasets().read())));
    return new TaskResult(
        "VerifiedAfterRemoval",
        "%s old relation(s) are gone, %s of Aspects %s are there, %s stay that upstream would have dropped or forgot, %s of them because of what the site made itself."
            .formatted(
                evidence.get("gone"),
                evidence.get("relations"),
                resting.version(),
                evidence.get("kept"),
                evidence.get("held")),
        evidence);
  }
}
