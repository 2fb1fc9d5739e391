package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.run.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a Job, its pods and their words say together. A pod's end is believed as soon as it is seen:
 * the Job's own word comes two to three seconds later.
 */
public final class JobStates {
  private static final Duration POD_IS_MADE_WITHIN = Duration.ofSeconds(10);

  private final Job job;
  private final List<WorkerPod> pods;
  private final List<WorkerState> workers;
  private final JobEnd end;

  private JobStates(Job job, List<WorkerPod> pods, List<WorkerState> workers) {
    this.job = job;
    this.pods = pods;
    this.workers = workers;
    this.end = new JobEnd(job, pods, workers);
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
    if (condition("Complete").or(() -> condition("SuccessCriteriaMet")).isPresent()) {
      return new JobState.Succeeded(workers);
    }
    var verdict = condition("Failed").or(() -> condition("FailureTarget"));
    if (verdict.isPresent()) {
      return end.of(verdict.get());
    }
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return new JobState.Ending(workers);
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return new JobState.Suspended(workers);
    }
    if (pods.stream().anyMatch(WorkerPod::fellByItself)) {
      return end.ofPods();
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

  private Optional<JobCondition> condition(String type) {
    var status = job.getStatus();
    return status == null || status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream()
            .filter(each -> "True".equals(each.getStatus()) && type.equals(each.getType()))
            .findFirst();
  }
}
