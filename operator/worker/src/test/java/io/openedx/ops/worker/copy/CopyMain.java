package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A copy in a process of its own, to measure what it takes; prints its peak of resident memory. */
final class CopyMain {
  private CopyMain() {}

  public static void main(String[] args) throws Exception {
    var source = new Endpoint(args[0], Integer.parseInt(args[1]), args[2], "Preferred");
    var target = new Endpoint(args[0], Integer.parseInt(args[3]), args[4], "Preferred");
    var order =
        new CsmhOrder(
            "run-1",
            "openedx/run-1",
            "job-1",
            List.of(Task.COPY),
            source,
            null,
            target,
            false,
            new CsmhOrder.Copy(1, 4, 0, 0, 0, List.of()),
            new CsmhOrder.Freeze(0, 10_000),
            new CsmhOrder.Drain("Keep", 3_600),
            null,
            null);
    new CopyTask()
        .run(
            new TaskContext(
                order,
                0,
                database(Role.SOURCE, source),
                null,
                database(Role.TARGET, target),
                null,
                List.of(),
                progress -> {},
                new StopSignal(),
                Clock.systemUTC(),
                new SiteAnswers(null, Path.of("unused"))));
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
    }
  }

  private static Database database(Role role, Endpoint endpoint) {
    var credentials = new Credentials("admin", System.getenv(role.passwordVariable()));
    return new Database(role, endpoint, credentials, Path.of("/nonexistent"));
  }
}
