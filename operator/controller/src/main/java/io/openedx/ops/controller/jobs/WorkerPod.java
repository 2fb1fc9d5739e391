package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One pod of a Job, read for what we want to know. */
public final class WorkerPod {
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String JOB = "batch.kubernetes.io/job-name";

  private final Pod pod;

  WorkerPod(Pod pod) {
    this.pod = pod;
  }

  /** Whether the pod may still do something. */
  public static boolean active(Pod pod) {
    return new WorkerPod(pod).active();
  }

  /** The Job whose pod it is; empty for a foreign pod. */
  public static String jobOf(Pod pod) {
    return Objects.requireNonNullElse(pod.getMetadata().getLabels().get(JOB), "");
  }

  String name() {
    return pod.getMetadata().getName();
  }

  int index() {
    var annotations = pod.getMetadata().getAnnotations();
    var index = annotations == null ? null : annotations.get(INDEX);
    return index == null ? 0 : Integer.parseInt(index);
  }

  boolean active() {
    var phase = phase();
    return !phase.equals("Succeeded") && !phase.equals("Failed") && end().isEmpty();
  }

  boolean works() {
    return container()
            .map(ContainerStatus::getState)
            .filter(s -> s.getRunning() != null)
            .isPresent()
        && end().isEmpty();
  }

  boolean succeeded() {
    return phase().equals("Succeeded")
        || end().filter(end -> Objects.equals(end.getExitCode(), 0)).isPresent();
  }

  boolean fell() {
    return !succeeded() && (phase().equals("Failed") || end().isPresent());
  }

  /** It fell, and neither a human nor Kubernetes had asked it to go. */
  boolean fellByItself() {
    return fell()
        && pod.getMetadata().getDeletionTimestamp() == null
        && conditions().stream().noneMatch(each -> holds(each, "DisruptionTarget"));
  }

  /** The container's status; 137 when it was killed without one. */
  int exitCode() {
    return end().map(ContainerStateTerminated::getExitCode).orElse(137);
  }

  String endReason() {
    return end().map(ContainerStateTerminated::getReason).orElse("");
  }

  Optional<String> lastWord() {
    return end().map(ContainerStateTerminated::getMessage);
  }

  Optional<Obstacle> obstacle() {
    return Obstacle.of(pod);
  }

  /** A container that was to end before the work begins, and did not end well. */
  Optional<ContainerStatus> brokenBefore() {
    var status = pod.getStatus();
    return status == null || status.getInitContainerStatuses() == null
        ? Optional.empty()
        : status.getInitContainerStatuses().stream()
            .filter(each -> each.getState() != null && each.getState().getTerminated() != null)
            .filter(each -> !Objects.equals(each.getState().getTerminated().getExitCode(), 0))
            .findFirst();
  }

  private String phase() {
    var status = pod.getStatus();
    return status == null || status.getPhase() == null ? "Pending" : status.getPhase();
  }

  private Optional<ContainerStatus> container() {
    var status = pod.getStatus();
    return status == null || status.getContainerStatuses() == null
        ? Optional.empty()
        : status.getContainerStatuses().stream()
            .filter(each -> JobTemplate.CONTAINER.equals(each.getName()) && each.getState() != null)
            .findFirst();
  }

  private Optional<ContainerStateTerminated> end() {
    return container().flatMap(each -> Optional.ofNullable(each.getState().getTerminated()));
  }

  private List<PodCondition> conditions() {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null ? List.of() : status.getConditions();
  }

  private static boolean holds(PodCondition condition, String type) {
    return condition.getType().equals(type) && "True".equals(condition.getStatus());
  }
}
