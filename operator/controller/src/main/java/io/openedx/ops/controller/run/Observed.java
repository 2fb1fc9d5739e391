package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.contract.WorkerState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a decision may depend on but the time, read once.
 *
 * @param jobs all Jobs of the run that still exist
 * @param activePods the Job of each pod of the run that has not ended
 * @param progress the run's keys {@code <job>.<index>} of the progress ConfigMap
 * @param progressExists whether that ConfigMap is there at all
 */
public record Observed(
    RunId run,
    RunSpec spec,
    RunStatus status,
    List<Job> jobs,
    List<String> activePods,
    LockState lock,
    Map<String, WorkerState> progress,
    boolean progressExists) {

  public Observed {
    jobs = List.copyOf(jobs);
    activePods = List.copyOf(activePods);
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

  /** No pod works and no Job will make one. */
  boolean quiet() {
    return quietBut(null);
  }

  /** The same, whatever this Job does. */
  boolean quietBut(@Nullable String job) {
    return activePods.stream().allMatch(each -> each.equals(job))
        && jobs.stream().allMatch(each -> each.name().equals(job) || each.state().ended());
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
