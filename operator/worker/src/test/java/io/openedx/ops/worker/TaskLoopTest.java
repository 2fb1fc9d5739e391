package io.openedx.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.progress.Reporter;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskLoopTest {
  private static final TaskResult FINE = new TaskResult("Fine", "fine", Map.of("a", "b"));

  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final List<Task> ran = new ArrayList<>();
  private final List<WorkerState> written = new ArrayList<>();
  private final StopSignal stop = new StopSignal();

  @Test
  void runsInOrderAndReportsEach() {
    assertThat(loop(0, context -> FINE, Task.PREFLIGHT, Task.COPY)).isEqualTo(ExitCode.DONE);
    assertThat(ran).containsExactly(Task.PREFLIGHT, Task.COPY);
    assertThat(written).hasSize(2);
    assertThat(last().evidence()).containsEntry("a", "b");
  }

  @Test
  void otherPodsRunSharedTasksOnly() {
    loop(3, context -> FINE, Task.FREEZE, Task.COPY, Task.RECONCILE, Task.VERIFY, Task.DRAIN);
    assertThat(ran).containsExactly(Task.COPY, Task.RECONCILE, Task.VERIFY);
  }

  @Test
  void aFailureEndsTheLoop() {
    var exit =
        loop(
            0,
            context -> {
              throw new TaskFailure(ExitCode.CONTRADICTION, "IdCollision", "two rows");
            },
            Task.FREEZE,
            Task.COPY);
    assertThat(exit).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(ran).containsExactly(Task.FREEZE);
    assertThat(last().reason()).isEqualTo("IdCollision");
  }

  @Test
  void anErrorOfMySqlIsToldInOurWords() {
    var exit =
        loop(
            0,
            context -> {
              throw new SQLException("DELETE command denied", "42000", 1142);
            },
            Task.DRAIN);
    assertThat(exit).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(last().reason()).isEqualTo("MissingGrant");
    assertThat(last().message()).contains("Task drain failed", "set a new spec.retryToken");
  }

  @Test
  void theEvidenceNamesThePeakOfMemory() {
    loop(0, context -> FINE, Task.COPY);
    assertThat(last().evidence()).containsEntry("a", "b");
    assertThat(PeakMemory.parse("VmPeak:\t  9 kB\nVmHWM:\t  146433 kB\nVmRSS:\t 1 kB\n"))
        .contains("144 MiB");
    assertThat(PeakMemory.parse("")).isEmpty();
    if (java.nio.file.Files.exists(java.nio.file.Path.of("/proc/self/status"))) {
      assertThat(last().evidence().get("peakMemory")).matches("[1-9]\\d* MiB");
    }
  }

  @Test
  void anythingElseIsOurBug() {
    var exit =
        loop(
            0,
            context -> {
              throw new IllegalStateException("range 7 has no end");
            },
            Task.COPY);
    assertThat(exit).isEqualTo(ExitCode.BUG);
    assertThat(last().message()).contains("IllegalStateException: range 7 has no end");
  }

  @Test
  void anErrorOfTheJvmIsReportedToo() {
    var exit =
        loop(
            0,
            context -> {
              throw new NoClassDefFoundError("com/mysql/cj/Driver");
            },
            Task.COPY,
            Task.VERIFY);
    assertThat(exit).isEqualTo(ExitCode.BUG);
    assertThat(ran).containsExactly(Task.COPY);
    assertThat(last().reason()).isEqualTo("Bug");
    assertThat(last().message()).contains("NoClassDefFoundError: com/mysql/cj/Driver");
  }

  @Test
  void wantOfMemoryIsNoMistakeToReport() {
    var exit =
        loop(
            0,
            context -> {
              throw new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory");
            },
            Task.COPY);
    assertThat(exit).isEqualTo(ExitCode.TRANSIENT);
    assertThat(last().reason()).isEqualTo("OutOfMemory");
    assertThat(last().message())
        .contains("direct buffer memory", "spec.podTemplate.resources.limits.memory");
  }

  @Test
  void aTaskThatWasNotBegunIsNotBegunAfterAStop() {
    stop.stop();
    assertThat(loop(0, context -> FINE, Task.COPY)).isEqualTo(ExitCode.TRANSIENT);
    assertThat(ran).isEmpty();
    assertThat(last().reason()).isEqualTo("Stopped");
  }

  private ExitCode loop(int index, WorkTask work, Task... tasks) {
    var endpoint = new Endpoint("h", 1, "d", "Preferred");
    var order =
        new CsmhOrder(
            "uid",
            "ns/name",
            "job",
            List.of(tasks),
            endpoint,
            null,
            endpoint,
            false,
            new CsmhOrder.Copy(1, 1, 0, 0, 0, List.of()),
            new CsmhOrder.Freeze(1, 1),
            new CsmhOrder.Drain("Keep", 60),
            null,
            null);
    var database =
        new Database(Role.SOURCE, endpoint, new Credentials("u", "p"), Path.of("/nowhere"));
    var reporter = new Reporter("pod", index, clock, List.of(written::add));
    var context =
        new TaskContext(
            order,
            index,
            database,
            null,
            database,
            null,
            List.of(),
            reporter,
            stop,
            clock,
            new SiteAnswers(null, Path.of("unused")));
    return new TaskLoop(
            order,
            index,
            task -> {
              ran.add(task);
              return work.run(context);
            },
            reporter,
            stop,
            clock)
        .run();
  }

  private TaskReport last() {
    var reports = written.get(written.size() - 1).reports();
    return reports.get(reports.size() - 1);
  }
}
