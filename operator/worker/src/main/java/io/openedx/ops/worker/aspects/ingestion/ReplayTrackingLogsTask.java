package io.openedx.ops.worker.aspects.ingestion;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.init.InitTask;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskResult;
import java.util.Map;

/**
 * Transforms the LMS's tracking logs into xAPI events once more. They go through what was paused
 * (Ralph), so that comes up first: the views are rebuilt by now, which was the reason to pause.
 */
public final class ReplayTrackingLogsTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var jobs = new InitJobs(site, Task.REPLAY_TRACKING_LOGS);
    var steps = InitTask.steps("replay", artefact.facts().replay());
    new ResumeIngestionTask().run(site);
    new Rollouts(site, Task.REPLAY_TRACKING_LOGS).await(artefact.manifests().workloads());
    for (var step : steps) {
      jobs.run(step, artefact.manifests());
    }
    return new TaskResult(
        "Replayed",
        "The tracking logs that the LMS's Job can see were replayed, and duplicates removed.",
        Map.of("jobs", Integer.toString(steps.size())));
  }
}
