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
        new CsmhOrder(
            "uid",
            "openedx/history",
            "history-migrate-1",
            List.of(Task.CREATE_DATABASE, Task.COPY),
            new Endpoint("mysql", 3306, "openedx", "Preferred"),
            new Endpoint("mysql-csmh", 3306, "openedx", "VerifyCa"),
            new Endpoint("mysql-csmh", 3306, "edxapp_csmh", "Required"),
            true,
            new CsmhOrder.Copy(
                2, 4, 0, 32, 10, List.of(new Endpoint("mysql-2", 3306, "", "Required"))),
            new CsmhOrder.Freeze(30, 100_000),
            new CsmhOrder.Drain("SlowDelete", 86_400),
            null,
            null);

    assertThat(Wire.readOrder(Wire.write(order))).isEqualTo(order);
    assertThat(Wire.write(order)).contains("\"create-database\"");
  }

  @Test
  void orderOfAnUpgradeSurvivesTheWire() {
    var order =
        new AspectsOrder(
            "uid",
            "openedx/to-3-0-3",
            "to-3-0-3-apply-1",
            List.of(Task.PAUSE_INGESTION, Task.INIT, Task.RESUME_INGESTION),
            "openedx-ops-progress",
            "openedx",
            "latest",
            "3.0.3",
            "tutor-config",
            "config.yml",
            null,
            new AspectsOrder.ClickHouseEndpoint("clickhouse", 8123, false),
            new AspectsOrder.Images("Prebuilt", null, null, null, List.of("mfe")),
            "Apply",
            new AspectsOrder.Backup(
                new AspectsOrder.BackupTarget("S3", "https://s3/bucket", "s3-keys", null, null),
                new AspectsOrder.BackupTarget("Job", null, null, null, "mysql-backup"),
                24),
            new AspectsOrder.Ingestion(true, "Keep"),
            List.of("LowDisk"),
            List.of("run -s my_models"),
            false,
            new AspectsOrder.Rehearsal(
                10_000_000, false, new AspectsOrder.Rates("rehearsal", 90_000_000, 4_000, 600)),
            new AspectsOrder.Deadlines(3_600, 900, 7_200),
            new AspectsOrder.Removal(true, "Plan", List.of("team.tags"), "sha256:0a"));

    assertThat(Wire.readOrder(Wire.write(order))).isEqualTo(order);
    assertThat(Wire.write(order)).startsWith("{\"kind\":\"aspects\"").contains("\"init\"");
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
  void terminationMessageLosesPlanAndLogFirst() {
    var plan = new PlanReport("2.5.3 -> 3.0.3", "x".repeat(9_000), "Init", "an hour");
    var full = withPlanAndLog(report(Task.INSPECT, "read"), plan, "last line");
    var state = new WorkerState("pod", 0, NOON, List.of(full), null);

    var kept = Wire.readState(Wire.terminationMessage(state)).orElseThrow().reports().get(0);

    assertThat(Wire.readState(Wire.write(state))).contains(state);
    assertThat(kept).isEqualTo(report(Task.INSPECT, "read"));
  }

  @Test
  void messagesAndLogsAreBounded() {
    var report = report(Task.COPY, "x".repeat(5_000));
    var plan = new PlanReport("", "x".repeat(70_000), "", "");

    assertThat(report.message()).hasSize(1_024).endsWith("…");
    assertThat(withPlanAndLog(report, plan, "x".repeat(5_000) + "end").log())
        .hasSize(4_000)
        .startsWith("…")
        .endsWith("end");
    assertThat(plan.text()).hasSize(64_000).endsWith("…");
  }

  private static TaskReport withPlanAndLog(TaskReport report, PlanReport plan, String log) {
    return new TaskReport(
        report.task(),
        report.exitCode(),
        report.reason(),
        report.message(),
        report.startTime(),
        report.completionTime(),
        report.evidence(),
        report.findings(),
        plan,
        log);
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
