package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.ExitCode.Remedy;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.run.JobState;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** How a Job failed: by its own word, by its pods' or by what its workers said last. */
final class JobEnd {
  private static final Pattern EXIT_CODE = Pattern.compile("exit code (\\d+)");
  private static final int KILLED = 137;

  /** Of a JVM with ExitOnOutOfMemoryError: where no memory is left, nothing could report. */
  private static final int HEAP_FULL = 3;

  private final Job job;
  private final List<WorkerPod> pods;
  private final List<WorkerState> workers;

  JobEnd(Job job, List<WorkerPod> pods, List<WorkerState> workers) {
    this.job = job;
    this.pods = pods;
    this.workers = workers;
  }

  JobState of(JobCondition verdict) {
    if ("DeadlineExceeded".equals(verdict.getReason())) {
      return new JobState.Failed(
          null,
          Remedy.HUMAN,
          "DeadlineExceeded",
          "The Job took longer than timeouts.jobDeadlineSeconds. Raise it, or set it to 0 for no"
              + " limit.",
          workers);
    }
    var byPolicy = "PodFailurePolicy".equals(verdict.getReason());
    if (byPolicy && pods.stream().noneMatch(WorkerPod::fell)) {
      // The pod's own end was not seen yet, or the pod is gone: the verdict quotes its status.
      var quoted = EXIT_CODE.matcher(String.valueOf(verdict.getMessage()));
      if (quoted.find()) {
        return failed(Integer.parseInt(quoted.group(1)));
      }
    }
    return ofPods();
  }

  JobState ofPods() {
    return pods.stream()
        .filter(WorkerPod::fell)
        .max(Comparator.comparingInt(JobEnd::weight))
        .map(this::ofPod)
        .orElseGet(this::failedUnseen);
  }

  private JobState ofPod(WorkerPod pod) {
    if (pod.brokenBefore().isPresent()) {
      return neverBegan(pod, pod.brokenBefore().get().getName());
    }
    if (pod.endReason().equals("StartError") || pod.endReason().equals("ContainerCannotRun")) {
      return cannotRun(pod);
    }
    return switch (pod.exitCode()) {
      case KILLED -> killed(pod);
      case HEAP_FULL -> heapFull(pod);
      default -> failed(pod.exitCode());
    };
  }

  private JobState neverBegan(WorkerPod pod, String container) {
    return new JobState.Failed(
        null,
        Remedy.RETRY,
        "PodNotPrepared",
        "Container %s of pod %s did not end well, so its work never began: kubectl logs %s -c %s shows why."
            .formatted(container, pod.name(), pod.name(), container),
        workers);
  }

  /** What is no program of this machine today is none tomorrow. */
  private JobState cannotRun(WorkerPod pod) {
    var why = pod.lastWord().orElse("");
    var forGood = why.contains("no such file") || why.contains("exec format error");
    return new JobState.Failed(
        pod.exitCode(),
        forGood ? Remedy.HUMAN : Remedy.RETRY,
        "ImageCannotRun",
        "The image of pod %s cannot run the operator's program: %s. A runner image must be based on glibc and made for the node's processor."
            .formatted(pod.name(), why.strip()),
        workers);
  }

  /** What a human must settle weighs more than what passes. */
  private static int weight(WorkerPod pod) {
    return ExitCode.of(pod.exitCode()).map(code -> code.remedy() == Remedy.RETRY ? 1 : 2).orElse(0);
  }

  private JobState failed(int status) {
    var code = ExitCode.of(status);
    var report =
        workers.stream()
            .flatMap(worker -> worker.reports().stream())
            .filter(each -> each.exitCode().code() == status && status != 0)
            .reduce((first, second) -> second);
    if (report.isPresent()) {
      return new JobState.Failed(
          status,
          report.get().exitCode().remedy(),
          report.get().reason(),
          report.get().message(),
          workers);
    }
    return new JobState.Failed(
        status,
        code.map(ExitCode::remedy).orElse(Remedy.RETRY),
        code.map(JobEnd::word).orElse("PodFailed"),
        "A worker ended with status %d and left no report: kubectl logs job/%s shows what it said last."
            .formatted(status, job.getMetadata().getName()),
        workers);
  }

  private JobState killed(WorkerPod pod) {
    var memory = "OOMKilled".equals(pod.endReason());
    return new JobState.Failed(
        KILLED,
        Remedy.RETRY,
        memory ? "OutOfMemory" : "PodKilled",
        memory
            ? "Pod %s used more memory than its limit. Raise spec.podTemplate.resources.limits.memory if it comes again."
                .formatted(pod.name())
            : "Pod %s was killed.".formatted(pod.name()),
        workers);
  }

  private JobState heapFull(WorkerPod pod) {
    return new JobState.Failed(
        HEAP_FULL,
        Remedy.RETRY,
        "OutOfMemory",
        "The heap of pod %s, half of its memory limit, was full. Raise spec.podTemplate.resources.limits.memory if it comes again."
            .formatted(pod.name()),
        workers);
  }

  /** The pods are gone: the last report may tell, else they were removed. */
  private JobState failedUnseen() {
    var last =
        workers.stream()
            .flatMap(worker -> worker.reports().stream())
            .filter(report -> report.exitCode() != ExitCode.DONE)
            .reduce((first, second) -> second);
    return last.isPresent()
        ? failed(last.get().exitCode().code())
        : new JobState.Failed(
            null, Remedy.RETRY, "PodRemoved", "A pod was removed before it ended.", workers);
  }

  private static String word(ExitCode code) {
    return switch (code) {
      case DONE -> "Done";
      case FENCED -> "Fenced";
      case CONTRADICTION -> "DataContradiction";
      case BUG -> "Bug";
      case TRANSIENT -> "Transient";
      case CONFIGURATION -> "Configuration";
    };
  }
}
