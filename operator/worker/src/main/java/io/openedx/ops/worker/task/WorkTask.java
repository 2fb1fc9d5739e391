package io.openedx.ops.worker.task;

import java.sql.SQLException;

/** One task of a work order. Doing it again after it ended, or after a crash anywhere, is safe. */
@FunctionalInterface
public interface WorkTask {
  /**
   * Does it and proves it.
   *
   * @throws TaskFailure with who must act
   * @throws SQLException an error of MySQL that the task has nothing to add to
   */
  TaskResult run(TaskContext context) throws SQLException;
}
