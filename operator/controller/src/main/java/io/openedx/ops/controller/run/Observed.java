package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.contract.WorkerState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a decision may depend on but the time, read once.
 *
 * @param jobs all Jobs of the run that still exist
 * @param activePods pods of the run, of whatever Job, that have not ended
 * @param progress the run's keys {@code <job>.<index>} of the progress ConfigMap
 * @param progressExists whether that ConfigMap is there at all
 */
public record Observed(
    RunId run,
    RunSpec spec,
    RunStatus status,
    List<Job> jobs,
    int activePods,
    LockState lock,
    Map<String, WorkerState> progress,
    boolean progressExists) {

  public Observed {
    jobs = List.copyOf(jobs);
    progress = new TreeMap<>(progress);
  }

  /** A Job that exists. */
  public record Job(String name, String uid, JobState state) {}

  /** The state of a Job, there or not. */
  JobState jobState(String name) {
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .map(Job::state)
        .findFirst()
        .orElseGet(() -> new JobState.Absent(said(name)));
  }

  /** No pod works and no Job will make one: invariant 3, two Jobs of one run never run at once. */
  boolean quiet() {
    return activePods == 0 && jobs.stream().allMatch(job -> job.state().ended());
  }

  /** What the workers of a Job have said in the ConfigMap. */
  private List<WorkerState> said(String job) {
    return progress.entrySet().stream()
        .filter(entry -> jobOf(entry.getKey()).equals(job))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The Job that a key of the progress ConfigMap belongs to. */
  public static String jobOf(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }
}
