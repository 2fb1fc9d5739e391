package io.openedx.ops.worker.aspects.site;

import io.openedx.ops.worker.task.TaskResult;

/** One task of an upgrade. Doing it again after it ended, or after a crash anywhere, is safe. */
@FunctionalInterface
public interface SiteTask {
  /** Does it and proves it; a failure says who must act. */
  TaskResult run(SiteContext site);
}
