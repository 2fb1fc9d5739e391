package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.ExitCode.Remedy;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.run.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a Job, its pods and their words say together. A pod's end is believed as soon as it is seen:
 * the Job's own word comes two to three seconds later.
 */
public final class JobStates {
  private static final Pattern EXIT_CODE = Pattern.compile("exit code (\\d+)");
  private static final Duration POD_IS_MADE_WITHIN = Duration.ofSeconds(10);
  private static final int KILLED = 137;

  private final Job job;
  private final List<WorkerPod> pods;
  private final List<WorkerState> workers;

  private JobStates(Job job, List<WorkerPod> pods, List<WorkerState> workers) {
    this.job = job;
    this.pods = pods;
    this.workers = workers;
  }

  /**
   * The state of one Job.
   *
   * @param reported what the workers wrote into the progress ConfigMap
   */
  public static JobState of(Job job, List<Pod> pods, List<WorkerState> reported, Instant now) {
    var views = pods.stream().map(WorkerPod::new).toList();
    return new JobStates(job, views, WorkerStates.merge(reported, views)).state(now);
  }

  private JobState state(Instant now) {
    if (condition("Complete") || condition("SuccessCriteriaMet")) {
      return new JobState.Succeeded(workers);
    }
    var failure =
        conditions()
            .filter(each -> each.getType().equals("Failed"))
            .findFirst()
            .or(
                () ->
                    conditions()
                        .filter(each -> each.getType().equals("FailureTarget"))
                        .findFirst());
    if (failure.isPresent()) {
      return failed(failure.get());
    }
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return new JobState.Ending(workers);
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return new JobState.Suspended(workers);
    }
    var fallen = pods.stream().filter(WorkerPod::fellByItself).findFirst();
    if (fallen.isPresent()) {
      return failed();
    }
    return allDone() ? new JobState.Succeeded(workers) : underWay(now);
  }

  private boolean allDone() {
    var done = new HashSet<Integer>();
    pods.stream().filter(WorkerPod::succeeded).forEach(pod -> done.add(pod.index()));
    var wanted = job.getSpec().getCompletions();
    return wanted != null && done.size() >= wanted;
  }

  private JobState underWay(Instant now) {
    var active = pods.stream().filter(WorkerPod::active).toList();
    if (active.stream().anyMatch(WorkerPod::works)) {
      return new JobState.Running(workers);
    }
    var stuck =
        active.stream()
            .map(WorkerPod::obstacle)
            .flatMap(Optional::stream)
            .min(Comparator.comparing(Obstacle::since));
    if (stuck.isPresent()) {
      return new JobState.Pending(
          stuck.get().why(), stuck.get().message(), stuck.get().since(), workers);
    }
    var made = made();
    if (active.isEmpty() && Duration.between(made, now).compareTo(POD_IS_MADE_WITHIN) > 0) {
      return new JobState.Pending(
          JobState.Pending.Why.NO_POD,
          "Kubernetes makes no pod for it (a quota or an admission policy?): kubectl describe job %s says why."
              .formatted(job.getMetadata().getName()),
          made,
          workers);
    }
    return new JobState.Pending(
        JobState.Pending.Why.STARTING, "it is being started.", made, workers);
  }

  private Instant made() {
    return Instant.parse(job.getMetadata().getCreationTimestamp());
  }

  // How it failed

  private JobState failed(JobCondition verdict) {
    if ("DeadlineExceeded".equals(verdict.getReason())) {
      return new JobState.Failed(
          null,
          Remedy.HUMAN,
          "DeadlineExceeded",
          "The Job took longer than timeouts.jobDeadlineSeconds. Raise it, or set it to 0 for no limit.",
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
    return failed();
  }

  private JobState failed() {
    return pods.stream()
        .filter(WorkerPod::fell)
        .max(Comparator.comparingInt(JobStates::weight))
        .map(pod -> pod.exitCode() == KILLED ? killed(pod) : failed(pod.exitCode()))
        .orElseGet(this::failedUnseen);
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
        code.map(JobStates::word).orElse("PodFailed"),
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

  private boolean condition(String type) {
    return conditions().anyMatch(each -> each.getType().equals(type));
  }

  private java.util.stream.Stream<JobCondition> conditions() {
    var status = job.getStatus();
    return status == null || status.getConditions() == null
        ? java.util.stream.Stream.empty()
        : status.getConditions().stream().filter(each -> "True".equals(each.getStatus()));
  }
}
