package io.openedx.ops.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterTest {
  private final List<WorkerState> written = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Reporter reporter = new Reporter("pod", 0, clock(), List.of(written::add));

  @Test
  void progressIsWrittenOnceAndTheEndAtOnce() {
    reporter.writeIfNew();
    assertThat(written).isEmpty();
    reporter.say(progress(1));
    reporter.say(progress(2));
    assertThat(written).isEmpty();
    reporter.writeIfNew();
    reporter.writeIfNew();
    assertThat(written).hasSize(1);
    assertThat(written.get(0).running()).isEqualTo(progress(2));
    reporter.ended(report());
    assertThat(written).hasSize(2);
    assertThat(written.get(1).running()).isNull();
    assertThat(written.get(1).reports()).containsExactly(report());
    reporter.writeIfNew();
    assertThat(written).hasSize(2);
  }

  @Test
  void whoGivesWaySaysSoAgainAndAgain() {
    var held = new TaskProgress(Task.COPY, 1, 10, "rows", 1, null, "waiting", true);
    reporter.say(held);
    reporter.writeIfNew();
    now.set(Instant.EPOCH.plusMillis(9_999));
    reporter.writeIfNew();
    assertThat(written).hasSize(1);
    now.set(Instant.EPOCH.plusMillis(10_000));
    reporter.writeIfNew();
    assertThat(written).hasSize(2);
    assertThat(written.get(1).time()).isEqualTo(now.get());
    reporter.say(progress(1));
    reporter.writeIfNew();
    now.set(Instant.EPOCH.plusSeconds(60));
    reporter.writeIfNew();
    assertThat(written).as("who stands still does not").hasSize(3);
  }

  @Test
  void theTerminationMessageHoldsEndsOnly(@TempDir Path folder) throws IOException {
    var file = Files.createFile(folder.resolve("termination-log"));
    var sink = new TerminationMessage(file);
    sink.write(new WorkerState("pod", 0, Instant.EPOCH, List.of(report()), progress(1)));
    assertThat(file).isEmptyFile();
    sink.write(new WorkerState("pod", 0, Instant.EPOCH, List.of(report()), null));
    assertThat(Wire.readState(Files.readString(file)).orElseThrow().reports())
        .containsExactly(report());
    Files.delete(file);
    sink.write(new WorkerState("pod", 0, Instant.EPOCH, List.of(report()), null));
    assertThat(file).doesNotExist();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static TaskProgress progress(long done) {
    return new TaskProgress(Task.COPY, done, 10, "rows", 1, null, "");
  }

  private static TaskReport report() {
    return new TaskReport(
        Task.COPY,
        ExitCode.DONE,
        "Copied",
        "all",
        Instant.EPOCH,
        Instant.EPOCH,
        Map.of(),
        List.of());
  }
}
