package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.WorkerState;

/** Where a worker's state goes. Never throws: telling must not stop the work. */
@FunctionalInterface
public interface StateSink {
  void write(WorkerState state);
}
