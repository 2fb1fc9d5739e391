package io.openedx.ops.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void everyCodeFindsItsConstant() {
    assertThat(Arrays.stream(ExitCode.values()))
        .allSatisfy(each -> assertThat(ExitCode.of(each.code())).contains(each));
  }

  @Test
  void aKilledProcessHasNone() {
    assertThat(ExitCode.of(137)).isEmpty();
  }
}
