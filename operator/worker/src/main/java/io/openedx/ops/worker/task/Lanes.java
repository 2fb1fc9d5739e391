package io.openedx.ops.worker.task;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the same work side by side while the calling thread keeps watch every second. The
 * first that cannot go on ends all: the others finish their chunk and stop.
 */
public final class Lanes {
  /** What a lane does until nothing is left; it asks {@link #check} between two chunks. */
  @FunctionalInterface
  public interface Lane {
    void run(Lanes lanes) throws SQLException;
  }

  /** What the calling thread does every second; a failure of it ends the lanes, too. */
  @FunctionalInterface
  public interface Watch {
    void look();
  }

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final StopSignal stop;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private long moves;

  private Lanes(StopSignal stop) {
    this.stop = stop;
  }

  /** Runs them all to their end. */
  public static void run(String name, int count, StopSignal stop, Lane lane, Watch watch)
      throws SQLException {
    var lanes = new Lanes(stop);
    var running = new CountDownLatch(count);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(lanes.start(name + "-" + i, lane, running));
    }
    lanes.watch(running, watch);
    join(threads);
    lanes.rethrow();
  }

  /** Ends the lane if the pod is to stop or another lane cannot go on. */
  public void check() {
    stop.check();
    if (failure.get() != null) {
      throw new Ended();
    }
  }

  /** Waits for others, at most this long. */
  public void pause(Duration duration) {
    check();
    stop.sleep(duration);
  }

  /** How often a lane of this pod has finished something that others may wait for. */
  public synchronized long moves() {
    return moves;
  }

  /** What others may wait for is finished: those that {@link #await} look again. */
  public synchronized void moved() {
    moves++;
    notifyAll();
  }

  /**
   * Waits until a lane of this pod has moved since then; at most this long, as other pods cannot
   * tell us.
   */
  public void await(long seen, Duration most) {
    check();
    awaitMove(seen, System.nanoTime() + most.toNanos());
    check();
  }

  private synchronized void awaitMove(long seen, long deadline) {
    try {
      for (var left = deadline - System.nanoTime();
          moves == seen && left > 0;
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread start(String name, Lane lane, CountDownLatch running) {
    var thread =
        new Thread(
            () -> {
              try {
                lane.run(this);
              } catch (Ended e) {
                // Said by the one that ended us.
              } catch (SQLException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              } finally {
                running.countDown();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void watch(CountDownLatch running, Watch watch) {
    try {
      do {
        try {
          watch.look();
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
        }
      } while (!running.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      Thread.currentThread().interrupt();
    }
  }

  private static void join(List<Thread> threads) {
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws SQLException {
    var first = failure.get();
    if (first instanceof SQLException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
    if (first != null) {
      throw new IllegalStateException(first);
    }
  }

  /** Ends a lane without a word of its own. */
  private static final class Ended extends RuntimeException {
    Ended() {
      super("another lane has failed", null, false, false);
    }
  }
}
