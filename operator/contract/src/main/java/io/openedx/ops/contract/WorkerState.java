package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker says about itself: one key {@code <jobName>.<index>} of the progress ConfigMap
 * and, shortened, the pod's termination message.
 *
 * @param time when it was said
 * @param reports the tasks that ended, in order
 * @param running the task under way; null before the first and after the last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkerState(
    String podName,
    int index,
    Instant time,
    List<TaskReport> reports,
    @Nullable TaskProgress running) {

  public WorkerState {
    reports = reports == null ? List.of() : List.copyOf(reports);
  }
}
