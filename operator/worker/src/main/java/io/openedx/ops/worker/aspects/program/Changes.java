package io.openedx.ops.worker.aspects.program;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something has changed: lines of {@code kubectl get --watch}. Only a reason to look again; what is
 * so is always read anew. A watch that the server ends is begun anew, and nobody waits longer than
 * he said even if none works.
 */
public final class Changes implements AutoCloseable {
  private final List<Watch> watches = new ArrayList<>();
  private final Semaphore seen = new Semaphore(0);
  private final StopSignal stop;

  Changes(List<Command> commands, StopSignal stop) {
    this.stop = stop;
    commands.forEach(each -> watches.add(new Watch(each)));
  }

  /** Returns when something may have changed, at the latest after this time. */
  public void await(Duration longest) {
    watches.forEach(Watch::ensure);
    try {
      var end = System.nanoTime() + longest.toNanos();
      while (!seen.tryAcquire(200, TimeUnit.MILLISECONDS)) {
        stop.check();
        if (System.nanoTime() - end > 0) {
          return;
        }
      }
      seen.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(ExitCode.TRANSIENT, "Stopped", "The worker was interrupted.");
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::end);
  }

  private final class Watch {
    private final Command command;
    private @Nullable Process process;

    Watch(Command command) {
      this.command = command;
    }

    void ensure() {
      var running = process;
      if (running != null && running.isAlive()) {
        return;
      }
      try {
        var builder = new ProcessBuilder(command.arguments());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        var begun = builder.start();
        begun.getOutputStream().close();
        var unused = Programs.lines(begun.getInputStream(), line -> seen.release());
        process = begun;
      } catch (IOException e) {
        // Then the longest wait has to do.
        process = null;
      }
    }

    void end() {
      var running = process;
      if (running != null) {
        Programs.end(running);
      }
    }
  }
}
