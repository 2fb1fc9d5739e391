package io.openedx.ops.worker;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.drain.DrainTask;
import io.openedx.ops.worker.freeze.FreezeTask;
import io.openedx.ops.worker.preflight.PreflightTask;
import io.openedx.ops.worker.rollback.PrepareRollbackTask;
import io.openedx.ops.worker.rollback.RollbackWritesTask;
import io.openedx.ops.worker.schema.CreateDatabaseTask;
import io.openedx.ops.worker.schema.CreateTableTask;
import io.openedx.ops.worker.site.ConfigureTask;
import io.openedx.ops.worker.site.EnableWritesTask;
import io.openedx.ops.worker.site.ReadsTask;
import io.openedx.ops.worker.site.WatchSiteTask;
import io.openedx.ops.worker.task.WorkTask;
import java.util.EnumSet;
import java.util.Set;

/** Which class does which task. */
final class Tasks {
  private static final Set<Task> SHARED = EnumSet.of(Task.COPY, Task.RECONCILE, Task.VERIFY);

  private Tasks() {}

  static WorkTask of(Task task) {
    return switch (task) {
      case PREFLIGHT -> new PreflightTask();
      case CREATE_DATABASE -> new CreateDatabaseTask();
      case CREATE_TABLE -> new CreateTableTask();
      case CONFIGURE -> new ConfigureTask();
      case ENABLE_WRITES -> new EnableWritesTask();
      case SAMPLE_READS -> new ReadsTask(false);
      case DISABLE_OLD_READS -> new ReadsTask(true);
      case FREEZE -> new FreezeTask();
      case COPY -> new CopyTask();
      case RECONCILE -> new ReconcileTask();
      case VERIFY -> new VerifyTask();
      case DRAIN -> new DrainTask();
      case WATCH_SITE -> new WatchSiteTask();
      case PREPARE_ROLLBACK -> new PrepareRollbackTask();
      case ROLLBACK_WRITES -> new RollbackWritesTask();
      case INSPECT,
          BACKUP,
          RENDER_ENVIRONMENT,
          IMAGES,
          APPLY_MANIFESTS,
          PAUSE_INGESTION,
          MOVE_EVENTS,
          INIT,
          FULL_REFRESH,
          REPLAY_TRACKING_LOGS,
          RESUME_INGESTION,
          VERIFY_RELATIONS,
          PLAN_REMOVAL,
          REMOVE_DEPRECATED,
          FINAL_VERIFY ->
          throw new IllegalArgumentException("no task of a migration: " + task);
    };
  }

  /** Done by every pod of the Job; the others by pod 0 alone. */
  static boolean shared(Task task) {
    return SHARED.contains(task);
  }
}
