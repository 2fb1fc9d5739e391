package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.TaskProgress;

/** Takes what the task under way says about itself; cheap to call, writes at most every second. */
public interface Progress {
  /** The latest word; it replaces the one before. */
  void say(TaskProgress progress);
}
