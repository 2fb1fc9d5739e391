package io.openedx.ops.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final String QUIET = "Proving that the old table is quiet";

  @Test
  void rowsHaveARate() {
    assertThat(
            Texts.progress("Copying", progress(812_345, 1_000_000, "ids", 45_000, "9 rows copied")))
        .isEqualTo("Copying: 812,345 of 1,000,000 ids, 45,000 ids/s, 4s left. 9 rows copied");
  }

  @Test
  void secondsHaveNone() {
    assertThat(Texts.progress(QUIET, progress(1, 30, "seconds", 1, null)))
        .isEqualTo("Proving that the old table is quiet: 1 of 30 seconds, 4s left");
  }

  @Test
  void aNoteThatSaysItOnceMoreIsLeftOut() {
    assertThat(
            Texts.progress(QUIET, progress(1, 30, "seconds", 1, "proving that `o`.`t` is quiet")))
        .isEqualTo("Proving that the old table is quiet: 1 of 30 seconds, 4s left");
  }

  @Test
  void aNoteThatSaysMoreStays() {
    assertThat(Texts.progress(QUIET, progress(1, 30, "seconds", 1, "max(id) moved from 7 to 8")))
        .endsWith("4s left. max(id) moved from 7 to 8");
  }

  @Test
  void whatIsWaitedForIsSaidWithoutFiguresToo() {
    assertThat(
            Texts.progress(
                "Resuming ingestion", progress(0, 0, "jobs", 0, "waiting for aspects-job to end")))
        .isEqualTo("Resuming ingestion. waiting for aspects-job to end.");
  }

  private static Progress progress(
      long done, long total, String unit, long rate, @Nullable String note) {
    return new Progress(0, done, total, unit, rate, "4s", null, Instant.EPOCH, note);
  }
}
