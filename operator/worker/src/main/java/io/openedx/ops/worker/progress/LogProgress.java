package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.WorkerState;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as a line of the log, ten times a minute: enough to see that it lives. */
public final class LogProgress implements StateSink {
  private static final Logger LOG = LoggerFactory.getLogger(LogProgress.class);
  private static final Duration EVERY = Duration.ofSeconds(6);

  private Instant next = Instant.EPOCH;

  @Override
  public void write(WorkerState state) {
    var running = state.running();
    if (running == null || state.time().isBefore(next)) {
      return;
    }
    next = state.time().plus(EVERY);
    LOG.info(
        "progress task={} done={} total={} unit={} rate={} eta={} note=\"{}\"",
        running.task().id(),
        running.done(),
        running.total(),
        running.unit(),
        Math.round(running.rate()),
        running.etaTime(),
        running.note());
  }
}
