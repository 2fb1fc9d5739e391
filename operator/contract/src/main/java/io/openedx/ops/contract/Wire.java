package io.openedx.ops.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON of the records here. Reading is lenient about fields it does not know: during an upgrade of
 * the operator, controller and worker may be of different versions.
 */
public final class Wire {
  /** Kubernetes cuts a termination message at 4,096 bytes. */
  public static final int TERMINATION_MESSAGE_BYTES = 4_096;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Wire() {}

  /** The record as one line of JSON. */
  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of the contract must be writable", e);
    }
  }

  /** The order of a Job; an unreadable one is a bug of ours. */
  public static WorkOrder readOrder(String json) {
    try {
      return JSON.readValue(json, WorkOrder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("unreadable work order: " + e.getOriginalMessage(), e);
    }
  }

  /** A worker's state; empty for what no worker wrote (a cut or foreign message). */
  public static Optional<WorkerState> readState(String json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, WorkerState.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The state, shortened until it fits a termination message: plan and log go first (the progress
   * ConfigMap has them), then evidence and findings of all but the last report, then those of the
   * last, then the earlier reports.
   */
  public static String terminationMessage(WorkerState state) {
    var last = Math.max(0, state.reports().size() - 1);
    for (var detail : Detail.values()) {
      for (int from = 0; from <= last; from++) {
        var json = write(shortened(state, from, detail));
        if (json.getBytes(StandardCharsets.UTF_8).length <= TERMINATION_MESSAGE_BYTES) {
          return json;
        }
      }
    }
    return write(new WorkerState(state.podName(), state.index(), state.time(), List.of(), null));
  }

  /** What is kept of the last report; the earlier ones are bare. */
  private enum Detail {
    ALL,
    MEASURED,
    BARE
  }

  private static WorkerState shortened(WorkerState state, int from, Detail lastDetail) {
    var all = state.reports();
    var kept = new ArrayList<TaskReport>();
    for (int i = Math.min(from, all.size()); i < all.size(); i++) {
      var last = i == all.size() - 1;
      kept.add(shortened(all.get(i), last ? lastDetail : Detail.BARE));
    }
    return new WorkerState(state.podName(), state.index(), state.time(), kept, null);
  }

  private static TaskReport shortened(TaskReport report, Detail detail) {
    if (detail == Detail.ALL) {
      return report;
    }
    var measured = detail == Detail.MEASURED;
    return new TaskReport(
        report.task(),
        report.exitCode(),
        report.reason(),
        report.message(),
        report.startTime(),
        report.completionTime(),
        measured ? report.evidence() : Map.of(),
        measured ? report.findings() : List.of());
  }
}
