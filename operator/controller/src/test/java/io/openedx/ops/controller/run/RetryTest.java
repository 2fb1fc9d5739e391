package io.openedx.ops.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.AttemptRecord;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Init, 5",
    "Init Init, 10",
    "Init Init Init Init Init Init, 60",
    "ApplyManifests PauseIngestion Init, 5",
    "Init FullRefresh Init Init, 10"
  })
  void onlyWhatBefellTheStepItselfCounts(String failed, int seconds) {
    var history = Stream.of(failed.split(" ")).map(RetryTest::killed).toList();
    var step = pending("Init", history.size());

    assertThat(Retry.wait(step, history, NOW)).hasSeconds(seconds);
  }

  private static AttemptRecord killed(String step) {
    return new AttemptRecord(step, 1, NOW, 137, "PodKilled", "A pod was killed.");
  }

  private static StepStatus pending(String name, int attempt) {
    return new StepStatus(
        name,
        StepState.PENDING,
        attempt,
        NOW,
        NOW,
        null,
        null,
        137,
        "PodKilled",
        "A pod was killed.",
        Map.of());
  }
}
