package io.openedx.ops.worker;

import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;

/** A process that does nothing but wait for SIGTERM, with the worker's own shutdown. */
final class SleepsUntilStopped {
  private SleepsUntilStopped() {}

  public static void main(String[] args) {
    var shutdown = new Shutdown();
    var stop = shutdown.onSigterm();
    System.out.println("waiting");
    try {
      stop.sleep(Duration.ofHours(1));
    } catch (TaskFailure e) {
      shutdown.exit(e.exitCode());
    }
  }
}
