package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.CsmhOrder.ReadOld;
import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.probe.SiteAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers as the site's containers leave them, and what is found to be missing. */
class WantedSettingsTest {
  private static final Identity SOURCE = new Identity("server-1", "openedx");
  private static final Identity TARGET = new Identity("server-2", "edxapp_csmh");

  private static final String CONFIGURED =
      """
      {"workload": "Deployment/lms", "settings": "lms.envs.tutor.production", "variant": "lms",
       "flags": {"ENABLE_CSMH_EXTENDED": {"setting": true, "feature": true},
                 "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES": {"setting": true, "feature": true}},
       "app": true, "router": true, "later": "a field of another version",
       "databases": {"default": {"server": "server-1", "database": "openedx"},
                     "student_module_history": {"server": "server-2", "database": "edxapp_csmh"}},
       "migrations": {"recorded": [], "pending": []}}
      """;

  @TempDir Path folder;

  @Test
  void nothingIsMissing() throws IOException {
    assertThat(missing(CONFIGURED, ReadOld.YES)).isEmpty();
    assertThat(missing(CONFIGURED, ReadOld.EITHER)).isEmpty();
  }

  @Test
  void aSiteThatNeverHadASecondDatabase() throws IOException {
    var answer =
        """
        {"workload": "Deployment/lms",
         "flags": {"ENABLE_CSMH_EXTENDED": {"setting": false, "feature": false},
                   "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES": {"setting": true, "feature": true}},
         "app": false, "router": false, "databases": {"default": {"server": "server-1", "database": "openedx"}}}
        """;

    assertThat(missing(answer, ReadOld.YES))
        .containsExactly(
            "Deployment/lms: ENABLE_CSMH_EXTENDED is false, not true, lms.djangoapps.coursewarehistoryextended is not in INSTALLED_APPS, StudentModuleHistoryExtendedRouter is not in DATABASE_ROUTERS, DATABASES has no student_module_history");
  }

  @Test
  void aFlagThatIsSetOnceOnly() throws IOException {
    var answer =
        CONFIGURED.replace(
            "\"ENABLE_CSMH_EXTENDED\": {\"setting\": true, \"feature\": true}",
            "\"ENABLE_CSMH_EXTENDED\": {\"setting\": true, \"feature\": false}");

    assertThat(missing(answer, ReadOld.YES))
        .containsExactly(
            "Deployment/lms: ENABLE_CSMH_EXTENDED is true as a setting but false in FEATURES, not true");
  }

  @Test
  void whoStillReadsTheOldTable() throws IOException {
    assertThat(missing(CONFIGURED, ReadOld.NO))
        .containsExactly(
            "Deployment/lms: ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false");
  }

  @Test
  void anAliasThatLeadsElsewhereOrNowhere() throws IOException {
    assertThat(missing(CONFIGURED.replace("\"server-2\"", "\"server-9\""), ReadOld.YES))
        .containsExactly(
            "Deployment/lms: DATABASES[student_module_history] is edxapp_csmh on server server-9, not edxapp_csmh on server-2");
    assertThat(
            missing(
                CONFIGURED.replace(
                    "{\"server\": \"server-2\", \"database\": \"edxapp_csmh\"}",
                    "{\"error\": \"OperationalError: (2003, no route)\"}"),
                ReadOld.YES))
        .containsExactly(
            "Deployment/lms: DATABASES[student_module_history] cannot be reached (OperationalError: (2003, no route))");
  }

  @Test
  void oneWhoseContainerLeftNothing() throws IOException {
    var answers =
        new SiteAnswers(
                new CsmhOrder.Site("f", List.of("CronJob/clean"), ReadOld.EITHER, false), folder)
            .all();

    assertThat(wanted(ReadOld.YES).missing(answers))
        .containsExactly(
            "CronJob/clean: Django does not start there (its container left no answer)");
  }

  @Test
  void theSameIsSaidOnceOfAll() throws IOException {
    Files.writeString(folder.resolve("0.json"), CONFIGURED);
    Files.writeString(
        folder.resolve("1.json"), CONFIGURED.replace("Deployment/lms", "Deployment/cms"));

    assertThat(wanted(ReadOld.NO).missing(read("Deployment/lms", "Deployment/cms")))
        .containsExactly(
            "Deployment/lms, Deployment/cms: ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false");
  }

  private List<String> missing(String answer, ReadOld readOld) throws IOException {
    Files.writeString(folder.resolve("0.json"), answer);
    return wanted(readOld).missing(read("Deployment/lms"));
  }

  private List<SiteAnswer> read(String... workloads) {
    return new SiteAnswers(
            new CsmhOrder.Site("f", List.of(workloads), ReadOld.EITHER, false), folder)
        .all();
  }

  private static WantedSettings wanted(ReadOld readOld) {
    return new WantedSettings(SOURCE, TARGET, readOld);
  }
}
