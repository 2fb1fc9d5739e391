package io.openedx.ops.controller.jobs;

import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the workers said, by index, from both places they say it: the ConfigMap has it in full, the
 * termination message has the end even when the ConfigMap could not be reached.
 */
final class WorkerStates {
  private WorkerStates() {}

  static List<WorkerState> merge(List<WorkerState> reported, List<WorkerPod> pods) {
    var byIndex = new TreeMap<Integer, Said>();
    reported.forEach(state -> said(byIndex, state.index()).hear(state));
    for (var pod : pods) {
      pod.lastWord()
          .flatMap(Wire::readState)
          .ifPresent(state -> said(byIndex, pod.index()).hear(state));
    }
    return byIndex.values().stream().map(Said::state).toList();
  }

  private static Said said(Map<Integer, Said> byIndex, int index) {
    return byIndex.computeIfAbsent(index, Said::new);
  }

  /** The words of one index, perhaps of several pods one after the other. */
  private static final class Said {
    private final int index;
    private final Map<Task, TaskReport> reports = new EnumMap<>(Task.class);
    private String podName = "";
    private Instant time = Instant.EPOCH;
    private @Nullable TaskProgress running;

    Said(int index) {
      this.index = index;
    }

    void hear(WorkerState state) {
      state.reports().forEach(report -> reports.merge(report.task(), report, Said::better));
      if (!state.time().isBefore(time)) {
        podName = state.podName();
        time = state.time();
        running = state.running();
      }
    }

    /** The later one; of the same end, the one with more to show. */
    private static TaskReport better(TaskReport one, TaskReport other) {
      var order = one.completionTime().compareTo(other.completionTime());
      if (order != 0) {
        return order > 0 ? one : other;
      }
      return detail(one) >= detail(other) ? one : other;
    }

    private static int detail(TaskReport report) {
      return report.evidence().size()
          + report.findings().size()
          + (report.plan() == null ? 0 : 1)
          + (report.log() == null ? 0 : 1);
    }

    WorkerState state() {
      return new WorkerState(podName, index, time, List.copyOf(reports.values()), running);
    }
  }
}
