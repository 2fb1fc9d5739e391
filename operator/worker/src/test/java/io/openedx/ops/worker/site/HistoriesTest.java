package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.probe.SiteAnswer.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  @Test
  void anEntryOfBothTablesCountsOnce() {
    var histories = of(new History(7, entries("9a 8b 3c 2d 3c 2d"), entries("9a 8b 3c 2d")));

    assertThat(histories).isEqualTo(new Histories(1, 0, List.of()));
  }

  @Test
  void anEntryThatOnlyTheOldTableHasIsMissed() {
    var histories = of(new History(7, entries("9a 3c 2d 3c"), entries("9a 3c")));

    assertThat(histories.differing())
        .containsExactly(
            "student_module_id 7: 1 of 3 entries are not found in the new table alone, the first of id 2");
  }

  @Test
  void anEntryThatWasAlteredIsMissed() {
    var histories = of(new History(7, entries("3x 3c"), entries("3x")));

    assertThat(histories.differing()).hasSize(1);
  }

  @Test
  void theOrderCounts() {
    var histories = of(new History(7, entries("3c 2d"), entries("2d 3c")));

    assertThat(histories.differing())
        .containsExactly("student_module_id 7: the order of its 2 entries differs");
  }

  @Test
  void oneThatNeverStoodStillIsNotCompared() {
    assertThat(of(new History(7, null, null))).isEqualTo(new Histories(0, 1, List.of()));
  }

  private static Histories of(History history) {
    return Histories.of(
        List.of(
            new SiteAnswer(
                "Deployment/lms",
                null,
                "s",
                "lms",
                Map.of(),
                true,
                true,
                Map.of(),
                null,
                null,
                List.of(history),
                null)));
  }

  /** Id and content of each, newest first. */
  private static List<List<String>> entries(String text) {
    return Arrays.stream(text.split(" "))
        .map(entry -> List.of(entry.substring(0, 1), entry.substring(1)))
        .toList();
  }
}
