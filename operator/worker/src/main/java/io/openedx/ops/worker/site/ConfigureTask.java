package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Judges what the settings that the site is asked for came to in its own image, before any process
 * of it has them: a new database that a learner's request cannot reach would fail each submission.
 */
public final class ConfigureTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var answers = context.site().all();
    var wrong = WantedSettings.of(context).missing(answers);
    if (!wrong.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "SettingsDoNotWork",
          "The settings for the new table were tried in the site's image and do not come to what they should; the site was not changed. %s. Where a database cannot be reached, look at network policies, the service's name and the user of spec.target.applicationSecretRef; then set a new spec.retryToken."
              .formatted(String.join("; ", wrong)));
    }
    refusePending(answers);
    return new TaskResult(
        "SettingsWork",
        "The settings were tried in containers like those of %d workload(s) of the site: the new database is reached and both flags are in effect. The site was not changed."
            .formatted(answers.size()),
        Map.of("workloads", Integer.toString(answers.size())));
  }

  /** The migration of the next step would apply them all, in the middle of the site's day. */
  private static void refusePending(List<SiteAnswer> answers) {
    var foreign =
        answers.stream()
            .filter(answer -> "lms".equals(answer.variant()) && answer.migrations() != null)
            .flatMap(answer -> answer.migrations().pending().stream())
            .filter(name -> !name.startsWith("coursewarehistoryextended."))
            .distinct()
            .toList();
    if (!foreign.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "MigrationsPending",
          "The site's image has migrations that its database has not (%s). CreateTable would apply them along with its own. Run the site's own migrations first (tutor k8s do init, or manage.py lms migrate), then set a new spec.retryToken."
              .formatted(String.join(", ", foreign)));
    }
  }
}
