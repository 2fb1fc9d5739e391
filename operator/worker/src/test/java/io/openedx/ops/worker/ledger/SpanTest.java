package io.openedx.ops.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 16, 10000, 1",
    "1, 10000, 16, 10000, 1",
    "1, 20000, 16, 10000, 2",
    "5, 1000003, 16, 10000, 16",
    "0, 2147483647, 64, 10000, 64",
    "1, 9223372036854775806, 256, 10000, 256",
    "-7, 99999, 3, 1, 3",
  })
  void theCutTilesIt(long lo, long hi, int wanted, long least, int parts) {
    var whole = new Span(lo, hi);
    var cut = whole.cut(wanted, least);
    assertThat(cut).hasSize(parts);
    assertThat(cut.get(0).lo()).isEqualTo(lo);
    assertThat(cut.get(cut.size() - 1).hi()).isEqualTo(hi);
    for (int i = 1; i < cut.size(); i++) {
      assertThat(cut.get(i).lo()).isEqualTo(cut.get(i - 1).hi() + 1);
      assertThat(Math.abs(cut.get(i).ids() - cut.get(i - 1).ids())).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theMiddleLeavesNeitherHalfEmpty() {
    assertThat(new Span(1, 2).middle()).isEqualTo(2);
    assertThat(new Span(1, 3).middle()).isEqualTo(3);
    assertThat(new Span(1, 100).middle()).isEqualTo(51);
  }
}
