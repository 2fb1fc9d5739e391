package io.openedx.ops.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

  @Test
  void orderSurvivesTheWire() {
    var order =
        new WorkOrder(
            "uid",
            "openedx/history",
            "history-migrate-1",
            List.of(Task.CREATE_DATABASE, Task.COPY),
            new Endpoint("mysql", 3306, "openedx", "Preferred"),
            new Endpoint("mysql-csmh", 3306, "edxapp_csmh", "Required"),
            true,
            new WorkOrder.Copy(2, 4, 0, 32),
            new WorkOrder.Freeze(30, 100_000),
            new WorkOrder.Drain("SlowDelete", 86_400),
            null);

    assertThat(Wire.readOrder(Wire.write(order))).isEqualTo(order);
    assertThat(Wire.write(order)).contains("\"create-database\"");
  }

  @Test
  void stateSurvivesTheWire() {
    var state = state(report(Task.COPY, "all rows"));

    assertThat(Wire.readState(Wire.write(state))).contains(state);
  }

  @Test
  void aFieldOfANewerVersionIsPassedOver() {
    var json = Wire.write(state(report(Task.FREEZE, "quiet")));
    var newer = json.replaceFirst("\\{", "{\"mood\":\"fine\",");

    assertThat(Wire.readState(newer)).contains(state(report(Task.FREEZE, "quiet")));
  }

  @Test
  void whatNoWorkerWroteIsNoState() {
    assertThat(Wire.readState("Killed")).isEmpty();
    assertThat(Wire.readState("{\"podName\": 7")).isEmpty();
    assertThat(Wire.readState("null")).isEmpty();
  }

  @Test
  void terminationMessageFitsAndKeepsTheLastReport() {
    var reports =
        IntStream.range(0, 8).mapToObj(i -> report(Task.VERIFY, "ü".repeat(900) + i)).toList();

    var message = Wire.terminationMessage(new WorkerState("pod", 0, NOON, reports, null));

    assertThat(message.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(Wire.TERMINATION_MESSAGE_BYTES);
    var kept = Wire.readState(message).orElseThrow().reports();
    assertThat(kept.get(kept.size() - 1).message()).endsWith("7");
  }

  @Test
  void messagesAreBounded() {
    assertThat(report(Task.COPY, "x".repeat(5_000)).message()).hasSize(1_024).endsWith("…");
  }

  private static WorkerState state(TaskReport report) {
    return new WorkerState("pod", 1, NOON, List.of(report), null);
  }

  private static TaskReport report(Task task, String message) {
    return new TaskReport(
        task,
        ExitCode.DONE,
        "Done",
        message,
        NOON,
        NOON.plusSeconds(3),
        Map.of("rows", "7"),
        List.of(new Finding("Grants", Finding.Severity.OK, "all there")));
  }
}
