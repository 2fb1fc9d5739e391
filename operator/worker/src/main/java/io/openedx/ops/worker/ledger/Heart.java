package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of a whole task, beside whatever it does: a quiet time of minutes or a COUNT(*) of
 * an hour must not look like death, or another run takes the tables over in the midst of a proof.
 */
public final class Heart {
  /** Several fit into the silence after which a run is taken for dead. */
  private static final int EVERY_SECONDS = 5;

  private static final int GOODBYE_MILLIS = 2_000;

  /** What is done meanwhile. */
  @FunctionalInterface
  public interface Body<T> {
    T run() throws SQLException;
  }

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<@Nullable TaskFailure> fenced = new AtomicReference<>();

  private Heart() {}

  /**
   * Does it with a beating heart.
   *
   * @throws TaskFailure FENCED if the run was taken over: what the body found is then void
   */
  public static <T> T during(Ledger ledger, Body<T> body) throws SQLException {
    var heart = new Heart();
    var thread = new Thread(() -> heart.beat(ledger), "heart of " + ledger.target().name());
    thread.setDaemon(true);
    thread.start();
    T result;
    try {
      result = body.run();
    } finally {
      heart.over.countDown();
      join(thread);
    }
    var failure = heart.fenced.get();
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  private void beat(Ledger ledger) {
    try (var beat = new Beat(ledger)) {
      do {
        beat.with(target -> {});
      } while (!over.await(EVERY_SECONDS, TimeUnit.SECONDS));
      beat.with(new Pulse(ledger)::signOff);
    } catch (TaskFailure e) {
      fenced.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(GOODBYE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
