package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects what this worker says about itself and hands it on: the end of a task at once, progress
 * once per second. Lanes only leave their word here; a thread of its own talks to the sinks, so a
 * slow API server slows nobody down.
 */
public final class Reporter implements Progress, AutoCloseable {
  private static final long PERIOD_SECONDS = 1;

  /** Whoever waits says so again: an old word would count as standing still. */
  private static final Duration HELD_AGAIN_AFTER = Duration.ofSeconds(10);

  private final String podName;
  private final int index;
  private final Clock clock;
  private final List<StateSink> sinks;
  private final List<TaskReport> reports = new ArrayList<>();
  private final ScheduledExecutorService ticker;
  private volatile @Nullable TaskProgress running;
  private @Nullable TaskProgress written;
  private Instant writtenAt = Instant.EPOCH;

  public Reporter(String podName, int index, Clock clock, List<StateSink> sinks) {
    this.podName = podName;
    this.index = index;
    this.clock = clock;
    this.sinks = List.copyOf(sinks);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * From now on progress is written by itself. The first word, that the pod is there, opens the
   * connection to the API server beside those to the databases.
   */
  public Reporter start() {
    ticker.execute(this::hello);
    var unused =
        ticker.scheduleWithFixedDelay(
            this::writeIfNew, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  @Override
  public void say(TaskProgress progress) {
    running = progress;
  }

  /** A task has ended: the sinks have it when this returns. */
  public synchronized void ended(TaskReport report) {
    reports.add(report);
    running = null;
    write();
  }

  private synchronized void hello() {
    if (reports.isEmpty() && running == null) {
      write();
    }
  }

  /** Writes the latest word unless it was written already. */
  synchronized void writeIfNew() {
    var said = running;
    if (said != null && (!said.equals(written) || (said.held() && writtenLongAgo()))) {
      write();
    }
  }

  private boolean writtenLongAgo() {
    return Duration.between(writtenAt, clock.instant()).compareTo(HELD_AGAIN_AFTER) >= 0;
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }

  private void write() {
    written = running;
    writtenAt = clock.instant();
    var state = new WorkerState(podName, index, writtenAt, reports, written);
    sinks.forEach(sink -> sink.write(state));
  }
}
