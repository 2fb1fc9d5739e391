package io.openedx.ops.worker.aspects.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DbtProgressTest {
  @Test
  void readsDbtsLines() {
    assertThat(
            DbtProgress.of(
                "12:00:01  3 of 37 OK created sql materialized_view model `xapi`.`x` [OK in 0.31s]"))
        .contains(new DbtProgress(3, 37));
    assertThat(DbtProgress.of("12:00:01  37 of 37 ERROR creating sql view model x"))
        .contains(new DbtProgress(37, 37));
    assertThat(DbtProgress.of("12:00:01  3 of 37 START sql view model x")).isEmpty();
    assertThat(DbtProgress.of("1 of 2 things")).isEmpty();
  }
}
