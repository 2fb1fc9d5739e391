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
  private static final String LACKS = "The site has not all that its history needs.";

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var answers = context.site().all();
    var evidence = new HashMap<>(Map.of(SiteFinding.FINGERPRINT, context.site().fingerprint()));
    var missed = MissedMigrations.of(answers);
    var wrong = new ArrayList<>(WantedSettings.of(context).missing(answers));
    if (!wrong.isEmpty()) {
      wrong.addAll(missed);
    }
    RightSettings.demand(context.site(), wrong, LACKS, evidence);
    if (!missed.isEmpty()) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          SiteFinding.NOT_MIGRATED,
          "%s %s.".formatted(LACKS, String.join("; ", missed)),
          evidence);
    }
    OldTable.refuseNumberedAnew(context);
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
