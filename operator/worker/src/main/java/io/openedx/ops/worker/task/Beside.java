package io.openedx.ops.worker.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that goes on beside this thread's, for as long as that mostly waits for others. Neither is
 * left behind: whatever happens to one, the other comes to its end first.
 *
 * @param <T> what it comes to
 */
public final class Beside<T> {
  private final CompletableFuture<T> work;

  private Beside(CompletableFuture<T> work) {
    this.work = work;
  }

  /** Begins it now. */
  public static <T> Beside<T> begin(Supplier<T> work) {
    var future = new CompletableFuture<T>();
    new Thread(() -> complete(future, work), "beside").start();
    return new Beside<>(future);
  }

  private static <T> void complete(CompletableFuture<T> future, Supplier<T> work) {
    try {
      future.complete(work.get());
    } catch (RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }

  /**
   * Does this meanwhile; where it fails, what goes on beside it ends before its failure is told.
   */
  public <R> R during(Supplier<R> meanwhile) {
    try {
      return meanwhile.get();
    } catch (RuntimeException | Error e) {
      awaitAfter(e);
      throw e;
    }
  }

  private void awaitAfter(Throwable first) {
    try {
      end();
    } catch (RuntimeException | Error also) {
      first.addSuppressed(also);
    }
  }

  /** What it came to, once it has ended; its failure, where it failed. */
  public T end() {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
