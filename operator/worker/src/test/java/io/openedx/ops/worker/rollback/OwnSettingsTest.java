package io.openedx.ops.worker.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.probe.SiteAnswer.Flag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnSettingsTest {
  @Test
  void aSiteThatWritesToTheOldTableAloneAndReadsIt() {
    assertThat(wrong(answer(null, false, true, false))).isEmpty();
  }

  @Test
  void oneThatStillWritesToTheNewTable() {
    assertThat(wrong(answer(null, true, true, true)))
        .containsExactly(
            "Deployment/lms: ENABLE_CSMH_EXTENDED is true, not false, lms.djangoapps.coursewarehistoryextended is in INSTALLED_APPS, which writes each row to the new table, too");
  }

  @Test
  void oneThatWritesToBoth() {
    assertThat(wrong(answer(null, false, true, true)))
        .containsExactly(
            "Deployment/lms: lms.djangoapps.coursewarehistoryextended is in INSTALLED_APPS, which writes each row to the new table, too");
  }

  /** The platform shows none at all then. */
  @Test
  void oneThatWouldShowNoHistory() {
    assertThat(wrong(answer(null, false, false, false)))
        .containsExactly(
            "Deployment/lms: ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is false, not true");
  }

  @Test
  void oneThatDoesNotStart() {
    assertThat(wrong(answer("ImportError", false, true, false)))
        .containsExactly("Deployment/lms: Django does not start there (ImportError)");
  }

  private static List<String> wrong(SiteAnswer answer) {
    return OwnSettings.wrong(List.of(answer));
  }

  private static SiteAnswer answer(String error, boolean writeNew, boolean readOld, boolean app) {
    return new SiteAnswer(
        "Deployment/lms",
        error,
        "lms.envs.tutor.production",
        "lms",
        Map.of(
            SiteAnswer.WRITE_NEW, new Flag(writeNew, writeNew),
            SiteAnswer.READ_OLD, new Flag(readOld, readOld)),
        app,
        false,
        Map.of(),
        null,
        null,
        List.of(),
        null);
  }
}
