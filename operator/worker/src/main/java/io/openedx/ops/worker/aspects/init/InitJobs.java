package io.openedx.ops.worker.aspects.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps as Jobs, one at a time. A restarted runner finds what its predecessor made: it goes on
 * waiting for the one that runs, leaves those that succeeded, and makes the one that failed anew.
 */
public final class InitJobs {
  private static final Logger LOG = LoggerFactory.getLogger(InitJobs.class);

  /** What a human's {@code tutor k8s do} waits for as well. */
  private static final String TUTORS = "app.kubernetes.io/managed-by=tutor";

  private final SiteContext site;
  private final Task task;
  private final JobLogs logs;
  private final Set<String> failedOnce = new HashSet<>();

  public InitJobs(SiteContext site, Task task) {
    this.site = site;
    this.task = task;
    this.logs = new JobLogs(site);
  }

  /** How a step came to its end. */
  public enum Outcome {
    /** It had succeeded before. */
    SKIPPED,
    /** It ran already, and its end was waited for. */
    ADOPTED,
    /** It was made and ended well. */
    RAN
  }

  /** Returns when the step's Job has succeeded. */
  public Outcome run(Step step, Manifests manifests) {
    var manifest =
        manifests
            .job(step.manifest())
            .orElseThrow(
                () ->
                    new TaskFailure(
                        ExitCode.CONFIGURATION,
                        "JobManifestMissing",
                        "The rendered manifests have no Job %s: Aspects' init needs it (RUN_SUPERSET: false takes superset-job away). Correct config.yml in a new AspectsUpgrade."
                            .formatted(step.manifest())));
    var hash = InitJob.hash(step, manifest);
    var mine = mine(step);
    var last = mine.isEmpty() ? null : mine.get(mine.size() - 1);
    if (last != null && InitJob.annotation(last, InitJob.HASH).equals(hash)) {
      if (InitJob.succeeded(last)) {
        return Outcome.SKIPPED;
      }
      if (InitJob.active(last)) {
        LOG.info("job adopted job={}", InitJob.name(last));
        if (end(step, InitJob.name(last))) {
          return Outcome.ADOPTED;
        }
        mine = mine(step);
      }
    }
    var attempt = mine.isEmpty() ? 1 : InitJob.attempt(mine.get(mine.size() - 1)) + 1;
    make(step, manifest, attempt);
    if (!end(step, InitJob.name(site.order(), step, attempt))) {
      // Once more: the steps are made to be repeated, and init often fails for want of a server.
      make(step, manifest, attempt + 1);
      end(step, InitJob.name(site.order(), step, attempt + 1));
    }
    return Outcome.RAN;
  }

  /** Waits until no Job of this run, or of a human's Tutor, is active in the namespace. */
  public void awaitNoneActive() {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().initJobSeconds());
    try (var changes = site.kubectl().changes(TUTORS, "jobs")) {
      while (true) {
        var active = active();
        if (active.isEmpty()) {
          return;
        }
        site.say(task, 0, 0, "jobs", "waiting for %s to end".formatted(names(active)));
        if (deadline.passed()) {
          throw new TaskFailure(
              ExitCode.TRANSIENT,
              "JobsActive",
              "These Jobs still run: %s. Two at a time would spoil each other's work; it is tried again. Delete them if they hang."
                  .formatted(names(active)));
        }
        changes.await(Duration.ofSeconds(10));
      }
    }
  }

  private List<JsonNode> active() {
    return site.kubectl().list("jobs", TUTORS).stream().filter(InitJob::active).toList();
  }

  /** The step's Jobs, oldest first. */
  private List<JsonNode> mine(Step step) {
    return site.kubectl().list("jobs", InitJob.OF + "=" + site.order().runUid()).stream()
        .filter(each -> InitJob.is(each, step))
        .sorted(Comparator.comparingInt(InitJob::attempt))
        .toList();
  }

  private void make(Step step, JsonNode manifest, int attempt) {
    awaitNoneActive();
    var job = InitJob.build(site.order(), step, manifest, attempt);
    if (step.endsWithRunner()) {
      site.kubectl()
          .find("job", site.order().jobName())
          .ifPresent(runner -> InitJob.goesWith(job, runner));
    }
    var created = site.kubectl().create(job);
    LOG.info("job {} job={}", created ? "made" : "found", InitJob.name(job));
  }

  /** Whether it ended well. A failure that another try may cure is false only the first time. */
  private boolean end(Step step, String name) {
    var watch = new JobWatch(site, task, step, name);
    var ended = watch.awaitEnd();
    logs.keep(name, watch.log().text());
    if (ended != null && InitJob.succeeded(ended)) {
      return true;
    }
    var failure = JobFailure.of(site.order(), step, name, ended, watch);
    if (!failure.curable() || !failedOnce.add(step.id())) {
      throw failure.failure();
    }
    LOG.warn("job failed, once more job={} why=\"{}\"", name, failure.failure().getMessage());
    return false;
  }

  private static String names(List<JsonNode> jobs) {
    return jobs.stream()
        .map(each -> Json.text(each, "metadata.name"))
        .collect(Collectors.joining(", "));
  }
}
