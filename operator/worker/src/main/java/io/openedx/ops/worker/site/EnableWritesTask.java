package io.openedx.ops.worker.site;

import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges whether all of the site writes to the new table; that the old one is quiet Freeze proves.
 */
public final class EnableWritesTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var answers = context.site().all();
    var evidence = new HashMap<>(Map.of(SiteFinding.FINGERPRINT, context.site().fingerprint()));
    RightSettings.demand(
        context.site(),
        WantedSettings.of(context).missing(answers),
        "Not all of the site writes to the new table yet.",
        evidence);
    var orphans = Orphans.remove(context);
    var maxOldId = OldTable.maxId(context);
    var own = ownRows(context, maxOldId);
    evidence.put("workloads", Integer.toString(answers.size()));
    evidence.put(SiteFinding.MAX_OLD_ID, Long.toString(maxOldId));
    evidence.put("ownRows", Long.toString(own));
    evidence.put("orphanRows", Long.toString(orphans.rows()));
    return new TaskResult(
        "WritesEnabled",
        "%d workload(s) of the site write to the new table. %s%s"
            .formatted(
                answers.size(),
                own > 0
                    ? "Rows of the site's own have come into it."
                    : "None of the site's own rows has come into it yet: no learner has submitted since.",
                orphans.text()),
        evidence);
  }

  private static long ownRows(TaskContext context, long maxOldId) throws SQLException {
    try (var target = context.target().open()) {
      return Sql.one(
          target,
          row -> row.getLong(1),
          "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE id > ? LIMIT 1000) AS some"
              .formatted(TableName.extended(context.order()).quoted()),
          maxOldId);
    }
  }
}
