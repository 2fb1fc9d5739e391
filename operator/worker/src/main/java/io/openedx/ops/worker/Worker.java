package io.openedx.ops.worker;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkOrder;
import io.openedx.ops.worker.aspects.AspectsTasks;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.program.Programs;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.program.Tutor;
import io.openedx.ops.worker.aspects.site.ConfigStore;
import io.openedx.ops.worker.aspects.site.SiteCatalog;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.progress.ConfigMapProgress;
import io.openedx.ops.worker.progress.LogProgress;
import io.openedx.ops.worker.progress.Reporter;
import io.openedx.ops.worker.progress.ServiceAccount;
import io.openedx.ops.worker.progress.StateSink;
import io.openedx.ops.worker.progress.TerminationMessage;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.Unforeseen;
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
      TaskLoop.Work work;
      try {
        work = work(order, reporter);
      } catch (TaskFailure e) {
        return refused(order, reporter, e);
      } catch (RuntimeException | Error e) {
        LOG.error("bug before the first task", e);
        return refused(order, reporter, Unforeseen.of(e));
      }
      return new TaskLoop(order, pod.index(), work, reporter, stop, clock).run();
    }
  }

  private TaskLoop.Work work(WorkOrder order, Reporter reporter) {
    return order instanceof CsmhOrder csmh
        ? migration(csmh, reporter)
        : upgrade((AspectsOrder) order, reporter);
  }

  private TaskLoop.Work migration(CsmhOrder order, Reporter reporter) {
    var source = database(Role.SOURCE, order.source());
    var replica = order.replica() == null ? null : database(Role.REPLICA, order.replica());
    var target = database(Role.TARGET, order.target());
    var application =
        order.application() ? target.as(Role.APPLICATION, pod.credentials(Role.APPLICATION)) : null;
    var context =
        new TaskContext(
            order,
            pod.index(),
            source,
            replica,
            target,
            application,
            followers(order),
            reporter,
            stop,
            clock,
            new SiteAnswers(order.site(), pod.siteFolder()));
    return task -> Tasks.of(task).run(context);
  }

  private TaskLoop.Work upgrade(AspectsOrder order, Reporter reporter) {
    var redactor = new Redactor();
    var credentials = pod.given(Role.CLICKHOUSE).orElse(null);
    if (credentials != null) {
      redactor.learn(List.of(credentials.password()));
    }
    var programs = new Programs(redactor, stop);
    var kubectl = new Kubectl(programs, "kubectl", order.namespace());
    var tasks =
        new AspectsTasks(
            new SiteContext(
                order,
                SiteCatalog.read(order, kubectl),
                new Tutor(programs, "tutor", pod.tutorRoot()),
                kubectl,
                new ConfigStore(order, kubectl, pod.configVolume()),
                redactor,
                credentials,
                reporter,
                stop,
                clock));
    return tasks::run;
  }

  private List<Database> followers(CsmhOrder order) {
    var followers = new ArrayList<Database>();
    for (var endpoint : order.copy().followers()) {
      var number = followers.size();
      followers.add(
          Database.follower(
              number, endpoint, pod.credentials(Role.FOLLOWER, number), pod.caFolder()));
    }
    return followers;
  }

  private Database database(Role role, Endpoint endpoint) {
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
