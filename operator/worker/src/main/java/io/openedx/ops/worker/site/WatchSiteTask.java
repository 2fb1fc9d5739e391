package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges, at the end of a run and after each later change of the site, whether it still has what
 * the history needs where it is now. Source: sites whose new table missed its migrations for years,
 * as `migrate` without --database never meets it.
 */
public final class WatchSiteTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var answers = context.site().all();
    var evidence = new HashMap<>(Map.of(SiteFinding.FINGERPRINT, context.site().fingerprint()));
    var settings = WantedSettings.of(context).missing(answers);
    var wrong = new ArrayList<>(settings);
    wrong.addAll(MissedMigrations.of(answers));
    if (!wrong.isEmpty()) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          settings.isEmpty() ? SiteFinding.NOT_MIGRATED : SiteFinding.NOT_READY,
          "The site has not all that its history needs. %s.".formatted(String.join("; ", wrong)),
          evidence);
    }
    var orphans = Orphans.remove(context);
    evidence.put("workloads", Integer.toString(answers.size()));
    evidence.put("orphanRows", Long.toString(orphans.rows()));
    evidence.put(SiteFinding.MAX_OLD_ID, Long.toString(OldTable.maxId(context)));
    return new TaskResult(
        "SiteSound",
        "%d workload(s) of the site have what the history needs: settings, both databases, migrations. It is looked at again whenever one of them changes.%s"
            .formatted(answers.size(), orphans.text()),
        evidence);
  }
}
