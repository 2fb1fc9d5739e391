package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.openedx.ops.worker.probe.SiteAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new table that the last upgrade's migrations have passed by. */
class MissedMigrationsTest {
  private static final String ANSWER =
      """
      {"workload": "Deployment/%1$s", "variant": "%1$s", "app": true, "router": true,
        "newMigrations": {"recorded": [], "pending": [%2$s]}}""";

  @Test
  void thoseThatChangeTheTableCount() throws JsonProcessingException {
    assertThat(
            missed(
                "lms",
                "\"coursewarehistoryextended.0003_index\", \"auth.0013_next\", \"courseware.0012_next\""))
        .singleElement()
        .asString()
        .contains(
            "courseware.0012_next, coursewarehistoryextended.0003_index",
            "migrate --database=student_module_history")
        .doesNotContain("auth");
  }

  /** The router makes nothing of all others there. */
  @Test
  void othersDoNot() throws JsonProcessingException {
    assertThat(missed("lms", "\"auth.0013_next\"")).isEmpty();
    assertThat(missed("lms", "")).isEmpty();
    assertThat(missed("cms", "\"coursewarehistoryextended.0003_index\"")).isEmpty();
  }

  private static List<String> missed(String variant, String pending)
      throws JsonProcessingException {
    return MissedMigrations.of(
        List.of(
            JsonMapper.builder()
                .build()
                .readValue(ANSWER.formatted(variant, pending), SiteAnswer.class)));
  }
}
