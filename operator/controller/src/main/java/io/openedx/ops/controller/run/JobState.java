package io.openedx.ops.controller.run;

import io.openedx.ops.contract.ExitCode.Remedy;
import io.openedx.ops.contract.WorkerState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Job, its pods and their reports say together. */
public sealed interface JobState {
  /** The last word of each worker, by index; kept when the Job is gone. */
  List<WorkerState> workers();

  /** True when no pod will ever be made again. */
  default boolean ended() {
    return false;
  }

  /** True when pods work or will be made unless someone ends it. */
  default boolean goesOn() {
    return !ended() && !(this instanceof Ending);
  }

  /** There is no such Job. */
  record Absent(List<WorkerState> workers) implements JobState {
    @Override
    public boolean ended() {
      return true;
    }
  }

  /** The Job is held; its pods end or have ended. */
  record Suspended(List<WorkerState> workers) implements JobState {}

  /** The Job is being removed; its pods end or have ended. */
  record Ending(List<WorkerState> workers) implements JobState {}

  /** No pod works yet. */
  record Pending(Why why, String message, Instant since, List<WorkerState> workers)
      implements JobState {

    /** What keeps a pod from starting. */
    public enum Why {
      /** The usual: scheduling, pulling, mounting. */
      STARTING,
      /** A Secret or one of its keys is absent: only a human can provide it. */
      SECRET,
      /** The image cannot be had (yet). */
      IMAGE,
      /** No node takes the pod (yet). */
      UNSCHEDULABLE,
      /** The Job controller has not made the pod: quota or admission. */
      NO_POD
    }
  }

  /** At least one pod works. */
  record Running(List<WorkerState> workers) implements JobState {}

  /** All of them are done. */
  record Succeeded(List<WorkerState> workers) implements JobState {
    @Override
    public boolean ended() {
      return true;
    }
  }

  /**
   * It ended without success.
   *
   * @param exitCode null when no worker could say it: killed, or never ran
   */
  record Failed(
      @Nullable Integer exitCode,
      Remedy remedy,
      String reason,
      String message,
      List<WorkerState> workers)
      implements JobState {
    @Override
    public boolean ended() {
      return true;
    }
  }
}
