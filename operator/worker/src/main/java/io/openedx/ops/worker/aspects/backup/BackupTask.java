package io.openedx.ops.worker.aspects.backup;

import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskResult;
import java.util.TreeMap;

/** Backs up ClickHouse, Superset's database and config.yml, and proves that they can be read. */
public final class BackupTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var config = site.readConfig();
    site.artefacts().keep(config);
    var backups = new Backups(site);
    var evidence = new TreeMap<String, String>();
    backups.ensure().forEach((what, backup) -> evidence.put(what, backup.toString()));
    evidence.put("wayBack", Backups.wayBack(site.order()));
    evidence.put("config", "Secret " + site.artefacts().secretName());
    return new TaskResult(
        "BackedUp",
        "ClickHouse: %s. MySQL: %s. config.yml: Secret %s."
            .formatted(
                evidence.get("clickhouse"), evidence.get("mysql"), site.artefacts().secretName()),
        evidence);
  }
}
