package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskResult;
import java.util.Map;

/** Drops what the approved plan names, and nothing else; upstream's macro where that is wanted. */
public final class RemoveDeprecatedTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    return site.order().removal().method().equals(UpstreamRemoval.METHOD)
        ? new UpstreamRemoval(site).run()
        : dropped(site);
  }

  private static TaskResult dropped(SiteContext site) {
    var records = new RemovalRecords(site);
    var approved = records.load();
    if (!approved.hash().equals(site.order().removal().hash())) {
      throw records.other(approved.hash());
    }
    var removal =
        new Removal(
            Resting.proven(site).world(),
            site.clock(),
            site.stop(),
            record -> {
              records.save(record);
              say(site, record);
            });
    say(site, approved);
    var done = removal.carryOut(approved);
    var rows = done.dropped().stream().mapToLong(RemovalRecord.Dropped::rows).sum();
    var bytes = done.dropped().stream().mapToLong(RemovalRecord.Dropped::bytes).sum();
    return new TaskResult(
        "Removed",
        "%d relation(s) with %d rows were dropped; each stands with its time in ConfigMap %s."
            .formatted(done.dropped().size(), rows, records.name()),
        Map.of(
            "dropped", Integer.toString(done.dropped().size()),
            "rows", Long.toString(rows),
            "bytes", Long.toString(bytes)));
  }

  private static void say(SiteContext site, RemovalRecord record) {
    site.say(
        Task.REMOVE_DEPRECATED,
        record.dropped().size(),
        record.drops().size(),
        "relations",
        record.left().isEmpty() ? "" : "next is " + record.left().get(0).name());
  }
}
