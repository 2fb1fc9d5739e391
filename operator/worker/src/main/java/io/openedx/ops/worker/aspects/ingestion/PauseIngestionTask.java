package io.openedx.ops.worker.aspects.ingestion;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Scales what writes events down to nothing and waits until its pods are gone. */
public final class PauseIngestionTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    if (!site.order().ingestion().pause()) {
      return new TaskResult(
          "NotAsked",
          "spec.ingestion.pause is false: events that arrive while views are rebuilt may be missing in them.",
          Map.of("paused", "0"));
    }
    var writers = new Writers(site.kubectl());
    for (var writer : writers.all()) {
      if (writer.annotation(Writers.PAUSED).isEmpty() && writer.replicas() > 0) {
        writers.pause(writer);
      }
    }
    var paused = awaitStopped(site, writers);
    return new TaskResult(
        "Paused",
        paused.isEmpty()
            ? "This site has no workload that writes events: nothing had to be paused."
            : "Paused: %s. The LMS keeps its events and sends them later.".formatted(names(paused)),
        Map.of("paused", Integer.toString(paused.size()), "workloads", names(paused)));
  }

  private static List<Workload> awaitStopped(SiteContext site, Writers writers) {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().rolloutSeconds());
    try (var changes = site.kubectl().changes("", "deployments", "statefulsets", "daemonsets")) {
      while (true) {
        var paused = writers.paused();
        var running = paused.stream().filter(each -> !Writers.stopped(each)).toList();
        if (running.isEmpty()) {
          return paused;
        }
        site.say(
            Task.PAUSE_INGESTION,
            paused.size() - running.size(),
            paused.size(),
            "workloads",
            "waiting for %s to end".formatted(names(running)));
        if (deadline.passed()) {
          throw new TaskFailure(
              ExitCode.CONFIGURATION,
              "DoesNotStop",
              "%s was scaled to 0 but still has pods. Something scales it up again (a GitOps self-heal, an autoscaler): switch it off for the upgrade, or set spec.ingestion.pause to false in a new AspectsUpgrade; then set a new spec.retryToken."
                  .formatted(names(running)));
        }
        changes.await(Duration.ofSeconds(5));
      }
    }
  }

  static String names(List<Workload> workloads) {
    return workloads.stream().map(Workload::toString).collect(Collectors.joining(", "));
  }
}
