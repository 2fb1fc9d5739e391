package io.openedx.ops.worker;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkOrder;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.progress.ConfigMapProgress;
import io.openedx.ops.worker.progress.LogProgress;
import io.openedx.ops.worker.progress.Reporter;
import io.openedx.ops.worker.progress.ServiceAccount;
import io.openedx.ops.worker.progress.StateSink;
import io.openedx.ops.worker.progress.TerminationMessage;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together for one order and runs it. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final PodEnvironment pod;
  private final StopSignal stop;
  private final Clock clock;

  Worker(PodEnvironment pod, StopSignal stop, Clock clock) {
    this.pod = pod;
    this.stop = stop;
    this.clock = clock;
  }

  ExitCode run() {
    var order = pod.order();
    try (var reporter = new Reporter(pod.podName(), pod.index(), clock, sinks(order)).start()) {
      TaskContext context;
      try {
        context = context(order, reporter);
      } catch (TaskFailure e) {
        return refused(order, reporter, e);
      }
      return new TaskLoop(context, Tasks::of, reporter).run();
    }
  }

  private TaskContext context(WorkOrder any, Reporter reporter) {
    if (!(any instanceof CsmhOrder order)) {
      throw new TaskFailure(
          ExitCode.BUG,
          "Bug",
          "This worker cannot carry out orders of %s.".formatted(any.runName()));
    }
    var source = database(Role.SOURCE, order);
    var target = database(Role.TARGET, order);
    var application =
        order.application() ? target.as(Role.APPLICATION, pod.credentials(Role.APPLICATION)) : null;
    return new TaskContext(order, pod.index(), source, target, application, reporter, stop, clock);
  }

  private Database database(Role role, CsmhOrder order) {
    var endpoint = role == Role.SOURCE ? order.source() : order.target();
    return new Database(role, endpoint, pod.credentials(role), pod.caFolder());
  }

  /** The first task takes the blame for what is missing before it could begin. */
  private ExitCode refused(WorkOrder order, Reporter reporter, TaskFailure failure) {
    LOG.error(
        "worker ended before its first task reason={} message=\"{}\"",
        failure.reason(),
        failure.getMessage());
    var now = clock.instant();
    var task = order.tasks().get(0);
    reporter.ended(
        new TaskReport(
            task,
            failure.exitCode(),
            failure.reason(),
            String.valueOf(failure.getMessage()),
            now,
            now,
            Map.of(),
            List.of()));
    return failure.exitCode();
  }

  private List<StateSink> sinks(WorkOrder order) {
    var sinks = new ArrayList<StateSink>();
    sinks.add(new LogProgress());
    sinks.add(new TerminationMessage(TerminationMessage.FILE));
    var configMap = order.progressConfigMap();
    if (configMap != null) {
      var place =
          new ConfigMapProgress.Place(
              pod.namespace(), configMap, order.jobName() + "." + pod.index());
      ServiceAccount.of(pod.variables())
          .ifPresent(account -> sinks.add(new ConfigMapProgress(account, place, clock)));
    }
    return sinks;
  }
}
