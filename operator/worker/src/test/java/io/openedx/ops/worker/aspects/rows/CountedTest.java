package io.openedx.ops.worker.aspects.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.Sites;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountedTest {

  @Test
  void oldAndNewTablesOfEitherPipelineUnderTheSitesNames() {
    assertThat(tables("1.3.2", "3.0.3", "ASPECTS_RAW_XAPI_TABLE: statements\n"))
        .contains(
            new TableName("reporting", "fact_enrollment_status"),
            new TableName("reporting", "dim_most_recent_enrollment"),
            new TableName("sink", "course_overviews"),
            new TableName("xapi", "statements"),
            new TableName("openedx", "statements"),
            new TableName("xapi", "problem_events"),
            new TableName("openedx", "problem_events"))
        .doesNotContain(
            new TableName("event_sink", "course_overviews"),
            // A view feeds; it holds nothing.
            new TableName("xapi", "problem_events_mv"),
            new TableName("reporting", "fact_enrollments"));
  }

  @Test
  void notThoseThatAClockFills() {
    assertThat(tables("6.0.1", "6.1.0", ""))
        .contains(new TableName("reporting", "dim_learner_last_response"))
        .doesNotContain(
            new TableName("reporting", "dim_course_blocks"),
            new TableName("reporting", "fact_video_watches"));
  }

  @Test
  void notThoseThatInitEmpties() {
    var learners = new TableName("sink", "user_profile");
    assertThat(tables("4.0.0", "5.1.0", "")).doesNotContain(learners);
    assertThat(tables("4.0.0", "5.1.0", "ASPECTS_ENABLE_PII: false\n")).doesNotContain(learners);
    assertThat(tables("4.0.0", "5.1.0", "ASPECTS_ENABLE_PII: true\n")).contains(learners);
    assertThat(tables("3.0.3", "4.0.0", "")).contains(learners);
  }

  private static Set<TableName> tables(String from, String to, String config) {
    var facts =
        new Facts(
            from,
            to,
            "21.0.9",
            new Address("clickhouse", 8123, false),
            Map.of("event_sink", "sink"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    return Counted.tables(Sites.site(), new Artefact(Manifests.parse("{}"), facts, "", config));
  }
}
