package io.openedx.ops.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void numbersAreComparedAsNumbers() {
    assertThat(Stream.of("3.33.9", "3.9.0", "10.0.0", "3.33.10").map(Version::of).sorted())
        .extracting(Version::toString)
        .containsExactly("3.9.0", "3.33.9", "3.33.10", "10.0.0");
    assertThat(Version.of("2.5.3").isBefore(Version.of("3.0.0"))).isTrue();
    assertThat(Version.of("3.0.0").isAtLeast(Version.of("3.0.0"))).isTrue();
  }

  @Test
  void nothingButThreeNumbersIsAVersion() {
    assertThat(
            Stream.of(
                "",
                "3",
                "3.0",
                "v3.0.3",
                "3.0.3 ",
                " 3.0.3",
                "3.0.3rc1",
                "3.0.3.1",
                "03.0.3",
                "3.0.-3",
                "3.0.9999999999",
                "latest",
                "³.0.3"))
        .allSatisfy(each -> assertThat(Version.parse(each)).as(each).isEmpty());
  }

  @Test
  void aTextThatMustBeOneSaysHowToWriteIt() {
    assertThatThrownBy(() -> Version.of("3.0"))
        .hasMessage("'3.0' is no version: write three numbers, as in 3.0.3");
  }
}
