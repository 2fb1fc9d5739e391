package io.openedx.ops.worker;

import io.openedx.ops.contract.ExitCode;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: one order in, one exit code out. */
public final class WorkerMain {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

  private WorkerMain() {}

  public static void main(String[] args) {
    if (List.of(args).contains("--warm-up")) {
      WarmUp.run();
      return;
    }
    if (args.length == 2 && args[0].equals("--install")) {
      Install.into(Path.of(args[1]));
      return;
    }
    // Whoever asks again wants a new answer; the JVM would say for 10 s that a name is unknown.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    var shutdown = new Shutdown();
    var pod = new PodEnvironment(System.getenv());
    var worker = new Worker(pod, shutdown.onSigterm(), Clock.systemUTC());
    shutdown.exit(run(worker));
  }

  private static ExitCode run(Worker worker) {
    try {
      return worker.run();
    } catch (RuntimeException | Error e) {
      // Without an order there is no task to report; the exit code and this line must do.
      LOG.error("worker failed", e);
      return ExitCode.BUG;
    }
  }
}
