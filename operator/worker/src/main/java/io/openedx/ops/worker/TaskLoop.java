package io.openedx.ops.worker;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkOrder;
import io.openedx.ops.worker.progress.Reporter;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.Unforeseen;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an order's tasks one after the other; whatever happens becomes a report. */
final class TaskLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

  /** Does the tasks of one kind of order. */
  @FunctionalInterface
  interface Work {
    TaskResult run(Task task) throws SQLException;
  }

  private final WorkOrder order;
  private final int index;
  private final Work work;
  private final Reporter reporter;
  private final StopSignal stop;
  private final Clock clock;

  TaskLoop(WorkOrder order, int index, Work work, Reporter reporter, StopSignal stop, Clock clock) {
    this.order = order;
    this.index = index;
    this.work = work;
    this.reporter = reporter;
    this.stop = stop;
    this.clock = clock;
  }

  /** How the last task ended; a failure ends the loop. */
  ExitCode run() {
    for (var task : order.tasks()) {
      if (index > 0 && !Tasks.shared(task)) {
        LOG.info("task skipped task={} index={} why=\"pod 0 does it\"", task.id(), index);
        continue;
      }
      LOG.info("task started task={} run={}", task.id(), order.runName());
      var report = run(task);
      log(report);
      reporter.ended(report);
      if (report.exitCode() != ExitCode.DONE) {
        return report.exitCode();
      }
    }
    return ExitCode.DONE;
  }

  private TaskReport run(Task task) {
    var start = clock.instant();
    try {
      stop.check();
      return done(task, start, work.run(task));
    } catch (TaskFailure e) {
      return failed(task, start, e);
    } catch (SQLException e) {
      LOG.error("statement failed task={}", task.id(), e);
      return failed(task, start, TaskFailure.of(e, "Task " + task.id()));
    } catch (RuntimeException | Error e) {
      LOG.error("bug task={}", task.id(), e);
      return failed(task, start, Unforeseen.of(e));
    }
  }

  private TaskReport done(Task task, Instant start, TaskResult result) {
    return new TaskReport(
        task,
        ExitCode.DONE,
        result.reason(),
        result.message(),
        start,
        clock.instant(),
        PeakMemory.with(result.evidence()),
        result.findings(),
        result.plan(),
        null);
  }

  private TaskReport failed(Task task, Instant start, TaskFailure failure) {
    return new TaskReport(
        task,
        failure.exitCode(),
        failure.reason(),
        String.valueOf(failure.getMessage()),
        start,
        clock.instant(),
        PeakMemory.with(failure.evidence() == null ? Map.of() : failure.evidence()),
        failure.findings() == null ? List.of() : failure.findings(),
        null,
        failure.log());
  }

  private static void log(TaskReport report) {
    report
        .findings()
        .forEach(
            each ->
                LOG.info(
                    "finding check={} severity={} message=\"{}\"",
                    each.check(),
                    each.severity(),
                    each.message()));
    LOG.info(
        "task ended task={} exitCode={} reason={} evidence={} message=\"{}\"",
        report.task().id(),
        report.exitCode().code(),
        report.reason(),
        report.evidence(),
        report.message());
  }
}
