package io.openedx.ops.worker.aspects.ingestion;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskResult;
import java.util.Map;

/**
 * Scales what was paused up to what it was. It may also run because the run was stopped while a Job
 * of init still works: events that arrive then would be lost, so that Job's end comes first.
 */
public final class ResumeIngestionTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    new InitJobs(site, Task.RESUME_INGESTION).awaitNoneActive();
    var writers = new Writers(site.kubectl());
    var paused = writers.paused();
    paused.forEach(writers::resume);
    return new TaskResult(
        "Resumed",
        paused.isEmpty()
            ? "Nothing was paused."
            : "Scaled up to what they were: %s.".formatted(PauseIngestionTask.names(paused)),
        Map.of("resumed", Integer.toString(paused.size())));
  }
}
