package io.openedx.ops.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstReconcileTest {
  @Test
  void ageIsUptimeLessStart() {
    var stat =
        "7 (java) x) S 1 7 7 0 -1 4194560 1 0 0 0 11 2 0 0 20 0 30 0 123450 1 2 3"; // 1,234.5 s

    assertThat(FirstReconcile.age("1236.05 99.00\n", stat)).isEqualTo(1_550);
  }
}
