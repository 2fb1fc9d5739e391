package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;

/** Whether Django's migrations have gone well, where they were asked for. */
public final class SiteMigrated {
  private SiteMigrated() {}

  /** Refuses to go on where one has not. */
  public static void demand(TaskContext context) {
    var failed = context.site().all().stream().filter(answer -> answer.error() != null).findFirst();
    if (failed.isPresent()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "MigrationFailed",
          "Django's migrate for the new table failed in a container like that of %s: %s. No row was moved and the site was not changed. What was migrated stays; mend the cause, then set a new spec.retryToken."
              .formatted(failed.get().workload(), failed.get().error()));
    }
  }
}
