package io.openedx.ops.worker.aspects.program;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs: none outlives its patience, a stop of the pod, or this call. */
public final class Programs {
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final long LAST_WORDS_SECONDS = 5;

  private final Redactor redactor;
  private final StopSignal stop;

  public Programs(Redactor redactor, StopSignal stop) {
    this.redactor = redactor;
    this.stop = stop;
  }

  public Redactor redactor() {
    return redactor;
  }

  public StopSignal stop() {
    return stop;
  }

  /** Its whole output, for parsing. */
  public Ended read(Command command) {
    var out = new StringBuilder();
    var errors = new Tail();
    var status =
        run(
            command,
            line -> out.append(line).append('\n'),
            line -> errors.add(redactor.clean(line)));
    return new Ended(status, out.toString(), errors.text());
  }

  /** Every line of both its outputs as it comes, redacted. */
  public int follow(Command command, Consumer<String> line) {
    Consumer<String> clean =
        each -> {
          synchronized (command) {
            line.accept(redactor.clean(each));
          }
        };
    return run(command, clean, clean);
  }

  private int run(Command command, Consumer<String> out, Consumer<String> errors) {
    stop.check();
    var process = start(command);
    try {
      var reading =
          CompletableFuture.allOf(
              lines(process.getInputStream(), out), lines(process.getErrorStream(), errors));
      write(process, command);
      await(process, command);
      // A grandchild may still hold the pipe: what it says later is not waited for.
      reading.completeOnTimeout(null, LAST_WORDS_SECONDS, TimeUnit.SECONDS).join();
      return process.exitValue();
    } finally {
      end(process);
    }
  }

  private static Process start(Command command) {
    var builder = new ProcessBuilder(command.arguments());
    builder.environment().putAll(command.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ProgramMissing",
          "The program %s cannot be started (%s): spec.tutor.runnerImage must carry tutor, the Aspects plugin and kubectl. Build it with deploy/images/runner, then set a new spec.retryToken."
              .formatted(command.name(), e.getMessage()));
    }
  }

  static CompletableFuture<Void> lines(InputStream in, Consumer<String> line) {
    var done = new CompletableFuture<Void>();
    var reader =
        new Thread(
            () -> {
              try (var lines =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                lines.lines().forEach(line);
                done.complete(null);
              } catch (IOException | UncheckedIOException e) {
                // The pipe of a program that was ended.
                done.complete(null);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            },
            "program-output");
    reader.setDaemon(true);
    reader.start();
    return done;
  }

  private static void write(Process process, Command command) {
    try (var in = process.getOutputStream()) {
      var text = command.input();
      if (text != null) {
        in.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // It ended without reading: its status says why.
    }
  }

  private void await(Process process, Command command) {
    var end = System.nanoTime() + command.patience().toNanos();
    try {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        stop.check();
        if (System.nanoTime() - end > 0) {
          throw new TaskFailure(
              ExitCode.TRANSIENT,
              "ProgramTimeout",
              "%s did not end within %d s and was stopped; it is tried again."
                  .formatted(redactor.clean(command.toString()), command.patience().toSeconds()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(ExitCode.TRANSIENT, "Stopped", "The worker was interrupted.");
    }
  }

  static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
