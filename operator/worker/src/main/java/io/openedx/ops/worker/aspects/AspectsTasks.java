package io.openedx.ops.worker.aspects;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.backup.BackupTask;
import io.openedx.ops.worker.aspects.images.ImagesTask;
import io.openedx.ops.worker.aspects.ingestion.PauseIngestionTask;
import io.openedx.ops.worker.aspects.ingestion.ReplayTrackingLogsTask;
import io.openedx.ops.worker.aspects.ingestion.ResumeIngestionTask;
import io.openedx.ops.worker.aspects.init.FullRefreshTask;
import io.openedx.ops.worker.aspects.init.InitTask;
import io.openedx.ops.worker.aspects.inspect.InspectTask;
import io.openedx.ops.worker.aspects.move.MoveEventsTask;
import io.openedx.ops.worker.aspects.removal.FinalVerifyTask;
import io.openedx.ops.worker.aspects.removal.PlanRemovalTask;
import io.openedx.ops.worker.aspects.removal.RemoveDeprecatedTask;
import io.openedx.ops.worker.aspects.render.RenderEnvironmentTask;
import io.openedx.ops.worker.aspects.rollout.ApplyManifestsTask;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.verify.VerifyRelationsTask;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.Unforeseen;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which class does which task of an upgrade; nothing leaves it that holds a secret. */
public final class AspectsTasks {
  private static final Logger LOG = LoggerFactory.getLogger(AspectsTasks.class);

  private final SiteContext site;

  public AspectsTasks(SiteContext site) {
    this.site = site;
  }

  /** Does the task. */
  public TaskResult run(Task task) {
    try {
      return of(task).run(site).rewritten(site.redactor()::clean);
    } catch (TaskFailure e) {
      throw e.rewritten(site.redactor()::clean);
    } catch (RuntimeException | Error e) {
      LOG.error("bug task={}\n{}", task.id(), site.redactor().clean(trace(e)));
      throw Unforeseen.of(e).rewritten(site.redactor()::clean);
    }
  }

  private static String trace(Throwable e) {
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  private static SiteTask of(Task task) {
    return switch (task) {
      case INSPECT -> new InspectTask();
      case BACKUP -> new BackupTask();
      case RENDER_ENVIRONMENT -> new RenderEnvironmentTask();
      case IMAGES -> new ImagesTask();
      case APPLY_MANIFESTS -> new ApplyManifestsTask();
      case PAUSE_INGESTION -> new PauseIngestionTask();
      case MOVE_EVENTS -> new MoveEventsTask();
      case INIT -> new InitTask();
      case FULL_REFRESH -> new FullRefreshTask();
      case REPLAY_TRACKING_LOGS -> new ReplayTrackingLogsTask();
      case RESUME_INGESTION -> new ResumeIngestionTask();
      case VERIFY_RELATIONS -> new VerifyRelationsTask();
      case PLAN_REMOVAL -> new PlanRemovalTask();
      case REMOVE_DEPRECATED -> new RemoveDeprecatedTask();
      case FINAL_VERIFY -> new FinalVerifyTask();
      case PREFLIGHT,
          CREATE_DATABASE,
          CONFIGURE,
          CREATE_TABLE,
          ENABLE_WRITES,
          FREEZE,
          COPY,
          RECONCILE,
          VERIFY,
          SAMPLE_READS,
          DISABLE_OLD_READS,
          DRAIN,
          WATCH_SITE,
          PREPARE_ROLLBACK,
          ROLLBACK_WRITES ->
          throw new IllegalArgumentException("no task of an upgrade: " + task);
    };
  }
}
