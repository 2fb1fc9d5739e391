package io.openedx.ops.worker.aspects.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Changes;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Tail;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Obstacle;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Job from where it is to its end: its log as it comes, its progress, why it waits. */
final class JobWatch {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(10);
  private static final int KEPT_CHARACTERS = 60_000;

  /** Kubernetes ends the Job at its deadline; this is for a cluster that does not. */
  private static final int SPARE_SECONDS = 120;

  private final SiteContext site;
  private final Task task;
  private final Step step;
  private final String job;
  private final Tail log = new Tail(KEPT_CHARACTERS);
  private final AtomicReference<@Nullable DbtProgress> dbt = new AtomicReference<>();
  private @Nullable CompletableFuture<Void> follower;
  private String waiting = "";

  JobWatch(SiteContext site, Task task, Step step, String job) {
    this.site = site;
    this.task = task;
    this.step = step;
    this.job = job;
  }

  /** What it said, redacted. */
  Tail log() {
    return log;
  }

  /** Returns the ended Job; null if somebody deleted it meanwhile. */
  @Nullable JsonNode awaitEnd() {
    var deadline =
        Deadline.in(site.clock(), site.order().deadlines().initJobSeconds() + SPARE_SECONDS);
    try (var changes = site.kubectl().changes("job-name=" + job, "pods");
        var jobs = site.kubectl().changes(InitJob.OF + "=" + site.order().runUid(), "jobs")) {
      while (!deadline.passed()) {
        var now = site.kubectl().find("job", job).orElse(null);
        if (now == null || !InitJob.active(now)) {
          finishLog();
          return now;
        }
        look();
        say();
        await(follower == null ? changes : jobs);
      }
    }
    throw new TaskFailure(
        ExitCode.CONFIGURATION,
        "JobHangs",
        "Job %s is past its deadline and Kubernetes has not ended it: look at the cluster's job controller, delete the Job, then set a new spec.retryToken."
            .formatted(job));
  }

  private static void await(Changes changes) {
    changes.await(LOOK_AT_LEAST_EVERY);
  }

  private void look() {
    var pods = pods();
    waiting = Obstacle.of(pods).orElse("");
    if (follower == null) {
      pods.stream()
          .filter(each -> !Json.text(each, "status.phase").equals("Pending"))
          .findFirst()
          .ifPresent(each -> follow(Json.text(each, "metadata.name")));
    }
  }

  List<JsonNode> pods() {
    return site.kubectl().list("pods", "job-name=" + job);
  }

  private void follow(String pod) {
    var patience = Duration.ofSeconds(site.order().deadlines().initJobSeconds() + SPARE_SECONDS);
    var done = new CompletableFuture<Void>();
    var thread =
        new Thread(
            () -> {
              try {
                site.kubectl().follow(pod, patience, this::heard);
              } catch (RuntimeException e) {
                LOG.info("log ended job={} why=\"{}\"", job, e.getMessage());
              } finally {
                done.complete(null);
              }
            },
            "log-" + step.id());
    thread.setDaemon(true);
    thread.start();
    follower = done;
  }

  private void heard(String line) {
    log.add(line);
    LOG.info("{}: {}", step.manifest(), line);
    DbtProgress.of(line)
        .ifPresent(
            now -> {
              dbt.set(now);
              say();
            });
  }

  /** All it said; of a Job that ended before anybody listened, what is still there. */
  private void finishLog() {
    var listening = follower;
    if (listening != null) {
      listening.completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    }
    if (log.isEmpty()) {
      pods()
          .forEach(
              each ->
                  site.kubectl()
                      .log(Json.text(each, "metadata.name"), 500)
                      .lines()
                      .forEach(this::heard));
    }
  }

  private void say() {
    var models = dbt.get();
    var note =
        step.label()
            + (models == null ? "" : ": " + models)
            + (waiting.isEmpty() ? "" : ": " + waiting);
    site.say(task, step.number() - 1, step.of(), "jobs", note);
  }
}
