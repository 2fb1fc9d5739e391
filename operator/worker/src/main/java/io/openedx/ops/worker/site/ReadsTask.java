package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges that learners' histories are the same whether the old table is read besides or not; and,
 * once the site is to read the new one alone, that all of it does.
 *
 * @param alone whether the site is to read the new table alone by now
 */
public record ReadsTask(boolean alone) implements WorkTask {
  private static final int NAMED = 3;

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var answers = context.site().all();
    var evidence = new HashMap<>(Map.of(SiteFinding.FINGERPRINT, context.site().fingerprint()));
    RightSettings.demand(
        context.site(),
        WantedSettings.of(context).missing(answers),
        alone
            ? "Not all of the site reads the new table alone yet."
            : "The site does not write to the new table any more.",
        evidence);
    var histories = Histories.of(answers);
    refuse(histories);
    var orphans = Orphans.remove(context);
    evidence.put("orphanRows", Long.toString(orphans.rows()));
    evidence.put(SiteFinding.MAX_OLD_ID, Long.toString(OldTable.maxId(context)));
    evidence.put("histories", Integer.toString(histories.compared()));
    return new TaskResult(
        alone ? "OldReadsDisabled" : "HistoriesEqual",
        said(answers.size(), histories) + orphans.text(),
        evidence);
  }

  private String said(int workloads, Histories histories) {
    var site =
        alone ? "%d workload(s) of the site read the new table alone. ".formatted(workloads) : "";
    var busy =
        histories.busy() == 0
            ? ""
            : " %d more were written to all the time and not compared.".formatted(histories.busy());
    return "%s%d histories were read by the LMS's own code from both tables and from the new one alone: all are equal.%s"
        .formatted(site, histories.compared(), busy);
  }

  private static void refuse(Histories histories) {
    var differing = histories.differing();
    if (!differing.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "HistoriesDiffer",
          "%d of %d histories differ when they are read from the new table alone. %s. No row was removed. Let the site read both tables, look at these rows in both, then set a new spec.retryToken: all is compared again."
              .formatted(
                  differing.size(),
                  differing.size() + histories.compared(),
                  String.join("; ", differing.subList(0, Math.min(NAMED, differing.size())))));
    }
  }
}
