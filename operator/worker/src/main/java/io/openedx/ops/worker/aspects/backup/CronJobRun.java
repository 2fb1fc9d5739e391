package io.openedx.ops.worker.aspects.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.Obstacle;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The site's own backup: its CronJob, run once. */
final class CronJobRun {
  private final SiteContext site;
  private final BackupTarget target;

  CronJobRun(SiteContext site, BackupTarget target) {
    this.site = site;
    this.target = target;
  }

  Backup make(String name) {
    site.kubectl().create(job(name));
    var deadline = Deadline.in(site.clock(), site.order().deadlines().backupSeconds());
    try (var changes = site.kubectl().changes("", "jobs")) {
      while (true) {
        var job = site.kubectl().find("job", name).orElseGet(Json::object);
        if (condition(job, "Complete")) {
          return new Backup(
              "Job %s of CronJob %s".formatted(name, target.jobTemplate()),
              site.clock().instant(),
              -1,
              List.of(
                  "# Restore what Job %s wrote, with the tool that its CronJob %s uses."
                      .formatted(name, target.jobTemplate())));
        }
        var pods = site.kubectl().list("pods", "job-name=" + name);
        var why = Obstacle.of(pods).orElse("");
        site.say(Task.BACKUP, 0, 1, "jobs", "Job %s: %s".formatted(name, why));
        if (condition(job, "Failed")) {
          throw failed(name, "failed");
        }
        if (deadline.passed()) {
          throw failed(
              name,
              "is not finished after %d s. %s"
                  .formatted(site.order().deadlines().backupSeconds(), why));
        }
        changes.await(Duration.ofSeconds(10));
      }
    }
  }

  private JsonNode job(String name) {
    var cron =
        site.kubectl()
            .find("cronjob", String.valueOf(target.jobTemplate()))
            .orElseThrow(
                () ->
                    new TaskFailure(
                        ExitCode.CONFIGURATION,
                        "CronJobMissing",
                        "There is no CronJob %s in namespace %s: spec.backup names it. Make it (suspended will do), then set a new spec.retryToken."
                            .formatted(target.jobTemplate(), site.order().namespace())));
    var job = RunObjects.begun(site.order(), "batch/v1", "Job", name);
    job.set("spec", cron.path("spec").path("jobTemplate").path("spec").deepCopy());
    ((ObjectNode) job.get("metadata"))
        .putObject("annotations")
        .put("cronjob.kubernetes.io/instantiate", "manual");
    return job;
  }

  private TaskFailure failed(String name, String what) {
    var log =
        site.kubectl().list("pods", "job-name=" + name).stream()
            .map(each -> site.kubectl().log(Json.text(each, "metadata.name"), 60))
            .collect(Collectors.joining("\n"));
    return new TaskFailure(
            ExitCode.CONFIGURATION,
            "BackupFailed",
            "Backup Job %s %s. Nothing of the site was touched. Read its log, delete the Job, then set a new spec.retryToken."
                .formatted(name, what))
        .withLog(log);
  }

  private static boolean condition(JsonNode job, String type) {
    return Json.elements(job.path("status").path("conditions")).stream()
        .anyMatch(
            each ->
                Json.text(each, "type").equals(type) && Json.text(each, "status").equals("True"));
  }
}
