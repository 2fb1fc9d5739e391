package io.openedx.ops.worker.aspects.ingestion;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.views.HeldViews;
import io.openedx.ops.worker.aspects.views.RefreshingView;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scales what was paused up to what it was, then lets the refreshing views go on. It may also run
 * because the run was stopped while a Job of init still works: events that arrive then would be
 * lost, so that Job's end comes first.
 */
public final class ResumeIngestionTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    new InitJobs(site, Task.RESUME_INGESTION).awaitNoneActive();
    var writers = new Writers(site.kubectl());
    var paused = writers.paused();
    paused.forEach(writers::resume);
    var resumed =
        paused.isEmpty()
            ? "Nothing was paused."
            : "Scaled up to what they were: %s.".formatted(PauseIngestionTask.names(paused));
    var views = release(site, resumed);
    return new TaskResult(
        "Resumed",
        views.isEmpty()
            ? resumed
            : "%s Views that refresh again: %s.".formatted(resumed, names(views)),
        Map.of(
            "resumed", Integer.toString(paused.size()),
            "views", Integer.toString(views.size())));
  }

  /** After the writers: a ClickHouse that does not answer keeps no event away. */
  private static List<RefreshingView> release(SiteContext site, String resumed) {
    try {
      return new HeldViews(site).release();
    } catch (TaskFailure e) {
      throw new TaskFailure(
          e.exitCode(),
          "ViewsHeld",
          "%s But the views of ConfigMap %s, which were held while others were rebuilt, cannot be started: their tables keep old rows until SYSTEM START VIEW is said to each. %s"
              .formatted(resumed, HeldViews.CONFIG_MAP, e.getMessage()));
    }
  }

  private static String names(List<RefreshingView> views) {
    return views.stream().map(RefreshingView::toString).collect(Collectors.joining(", "));
  }
}
