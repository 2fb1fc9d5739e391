package io.openedx.ops.worker.aspects.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Tail;
import io.openedx.ops.worker.aspects.site.Obstacle;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a step's Job did not end well.
 *
 * @param curable another try at once may do
 */
record JobFailure(boolean curable, TaskFailure failure) {
  private static final String THEN =
      " Correct the cause, then set a new spec.retryToken: it goes on with this Job.";

  static JobFailure of(
      AspectsOrder order, Step step, String name, @Nullable JsonNode job, JobWatch watch) {
    if (job == null) {
      return new JobFailure(
          true,
          failure(
              ExitCode.TRANSIENT,
              "JobVanished",
              "Job %s was deleted by somebody.".formatted(name),
              step,
              watch));
    }
    var pods = watch.pods();
    if (InitJob.reason(job).equals("DeadlineExceeded")) {
      var why = Obstacle.of(pods).map(each -> " Its " + each).orElse("");
      return new JobFailure(
          false,
          failure(
              ExitCode.CONFIGURATION,
              "JobDeadline",
              "Job %s (%s) did not end within spec.timeouts' %d s and was ended.%s%s"
                  .formatted(name, step.label(), order.deadlines().initJobSeconds(), why, THEN),
              step,
              watch));
    }
    if (evicted(pods)) {
      return new JobFailure(
          true,
          failure(
              ExitCode.TRANSIENT,
              "JobDisturbed",
              "The pod of Job %s (%s) was taken away with its node; it is tried again."
                  .formatted(name, step.label()),
              step,
              watch));
    }
    var end = end(pods);
    if (Json.text(end, "reason").equals("OOMKilled")) {
      return new JobFailure(
          false,
          failure(
              ExitCode.CONFIGURATION,
              "JobOutOfMemory",
              "Job %s (%s) was killed for want of memory. Give its node or its container more.%s"
                  .formatted(name, step.label(), THEN),
              step,
              watch));
    }
    return new JobFailure(
        true,
        failure(
            ExitCode.CONTRADICTION,
            "JobFailed",
            "Job %s (%s) failed with exit code %s; its last line: %s.%s"
                .formatted(
                    name, step.label(), end.path("exitCode").asText("unknown"), last(watch), THEN),
            step,
            watch));
  }

  private static TaskFailure failure(
      ExitCode code, String reason, String message, Step step, JobWatch watch) {
    var failure = new TaskFailure(code, reason, message, Map.of("failedJob", step.label()));
    var log = new Tail();
    watch.log().text().lines().forEach(log::add);
    return log.isEmpty() ? failure : failure.withLog(log.text());
  }

  private static String last(JobWatch watch) {
    var lines = watch.log().text().lines().filter(each -> !each.isBlank()).toList();
    if (lines.isEmpty()) {
      return "it said nothing";
    }
    var last = lines.get(lines.size() - 1).strip();
    return last.length() <= 200 ? last : last.substring(0, 200) + "…";
  }

  private static boolean evicted(List<JsonNode> pods) {
    return pods.stream()
        .anyMatch(
            pod ->
                Json.text(pod, "status.reason").equals("Evicted")
                    || Json.elements(pod.path("status").path("conditions")).stream()
                        .anyMatch(
                            each ->
                                Json.text(each, "type").equals("DisruptionTarget")
                                    && Json.text(each, "status").equals("True")));
  }

  private static JsonNode end(List<JsonNode> pods) {
    return pods.stream()
        .flatMap(each -> Json.elements(each.path("status").path("containerStatuses")).stream())
        .map(each -> each.path("state").path("terminated"))
        .filter(each -> each.path("exitCode").asInt(0) != 0)
        .findFirst()
        .orElseGet(Json::object);
  }
}
