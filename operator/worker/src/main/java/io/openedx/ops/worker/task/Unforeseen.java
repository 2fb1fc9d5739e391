package io.openedx.ops.worker.task;

import io.openedx.ops.contract.ExitCode;

/** What no line of this program foresaw: a mistake of ours, or a JVM that cannot go on. */
public final class Unforeseen {
  private Unforeseen() {}

  public static TaskFailure of(Throwable e) {
    return e instanceof OutOfMemoryError
        ? new TaskFailure(
            ExitCode.TRANSIENT,
            "OutOfMemory",
            "The worker's memory was not enough (%s). Raise spec.podTemplate.resources.limits.memory if it comes again; what was done stays."
                .formatted(e.getMessage()))
        : new TaskFailure(
            ExitCode.BUG,
            "Bug",
            "%s: %s. This is a mistake of the operator: report it with the pod's log. What was done stays; set a new spec.retryToken to try again."
                .formatted(e.getClass().getName(), e.getMessage()));
  }
}
