package io.openedx.ops.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a human is told to do is said, and said once. */
class StallTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Grant it.                                     | Copy: Grant it. Then set a new spec.retryToken to try again.
          no such host                                  | Copy: no such host. Then set a new spec.retryToken to try again.
          Grant it, then set a new spec.retryToken.     | Copy: Grant it, then set a new spec.retryToken.
          Last: make room and set a new spec.retryToken | Copy: Last: make room and set a new spec.retryToken.
          """)
  void remedy(String message, String said) {
    var failed =
        Steps.ended(
            StepStatus.pending("Copy"),
            StepState.FAILED,
            78,
            "Why",
            message,
            Map.of(),
            Instant.EPOCH);

    assertThat(Stall.blocked(List.of(failed), "history-failure"))
        .isEqualTo(new Standing.Blocked("Why", said + " More in ConfigMap history-failure."));
  }
}
