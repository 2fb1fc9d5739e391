package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.openedx.ops.controller.run.JobState.Pending.Why;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps one pod from starting. */
record Obstacle(Why why, String message, Instant since) {

  static Optional<Obstacle> of(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    var since = Instant.parse(pod.getMetadata().getCreationTimestamp());
    return unschedulable(pod, since)
        .or(
            () ->
                Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                    .flatMap(each -> each == null ? Stream.of() : each.stream())
                    .flatMap(each -> of(pod, each, since).stream())
                    .findFirst());
  }

  private static Optional<Obstacle> unschedulable(Pod pod, Instant since) {
    var conditions = pod.getStatus().getConditions();
    return (conditions == null ? List.<PodCondition>of() : conditions)
        .stream()
            .filter(each -> each.getType().equals("PodScheduled"))
            .filter(each -> "Unschedulable".equals(each.getReason()))
            .map(each -> "no node takes the pod: " + each.getMessage())
            .map(message -> new Obstacle(Why.UNSCHEDULABLE, message, since))
            .findFirst();
  }

  private static Optional<Obstacle> of(Pod pod, ContainerStatus container, Instant since) {
    var waiting = container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null) {
      return Optional.empty();
    }
    return switch (String.valueOf(waiting.getReason())) {
      case "CreateContainerConfigError" ->
          Optional.of(
              new Obstacle(
                  Why.SECRET,
                  "the pod cannot start: %s. Create the Secret, or the key in it, that the spec names in namespace %s."
                      .formatted(waiting.getMessage(), pod.getMetadata().getNamespace()),
                  since));
      case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
          Optional.of(
              new Obstacle(
                  Why.IMAGE,
                  "the image cannot be pulled (%s): %s"
                      .formatted(waiting.getReason(), waiting.getMessage()),
                  since));
      default -> Optional.empty();
    };
  }
}
