package io.openedx.ops.worker.task;

import io.openedx.ops.contract.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGTERM as a value: lanes ask it between two chunks, waits end early. */
public final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Asks everybody to stop. */
  public void stop() {
    asked.countDown();
  }

  /** Somebody has asked. */
  public boolean isSet() {
    return asked.getCount() == 0;
  }

  /** Ends the task if somebody has asked; what is committed stays, the next start goes on. */
  public void check() {
    if (isSet()) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "Stopped",
          "The pod was asked to stop; the next one goes on from here.");
    }
  }

  /** Waits this long, or until somebody asks to stop: then {@link #check} throws. */
  public void sleep(Duration duration) {
    try {
      if (asked.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(ExitCode.TRANSIENT, "Stopped", "The lane was interrupted.");
    }
  }
}
