package io.openedx.ops.worker;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM asks the tasks to stop and lets the chunk under way end. The exit status is the last
 * report's even then (the JVM's own would be 143, which says nothing): the hook sets it by halt.
 */
final class Shutdown {
  /** Shorter than a pod's usual grace of 30 s: what is not committed by then is done again. */
  private static final long PATIENCE_SECONDS = 25;

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final StopSignal stop = new StopSignal();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger status = new AtomicInteger(ExitCode.TRANSIENT.code());

  /** The signal, wired to SIGTERM. */
  StopSignal onSigterm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "shutdown"));
    return stop;
  }

  /** Ends the process; does not return. */
  void exit(ExitCode code) {
    status.set(code.code());
    ended.countDown();
    // In a shutdown that is under way this blocks for ever, and the hook below ends the process.
    System.exit(code.code());
  }

  private void stopAndWait() {
    if (ended.getCount() > 0) {
      LOG.info("stop asked signal=SIGTERM patienceSeconds={}", PATIENCE_SECONDS);
    }
    stop.stop();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("stop not heard in time; the work since the last commit will be done again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status.get());
  }
}
