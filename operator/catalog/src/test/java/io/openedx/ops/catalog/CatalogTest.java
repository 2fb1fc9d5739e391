package io.openedx.ops.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Rename.State;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void latestDependsOnTutor() {
    var newest = new TreeMap<Integer, String>();
    CATALOG
        .tutor()
        .keySet()
        .forEach(
            major ->
                newest.put(major, CATALOG.newestFor(major).orElseThrow().version().toString()));

    assertThat(newest)
        .isEqualTo(
            Map.of(
                14, "1.3.0", 15, "1.3.0", 16, "1.3.0", 17, "1.3.0", 18, "2.5.3", 19, "2.5.3", 20,
                "2.5.3", 21, "3.0.3", 22, "5.1.0", 23, "6.1.0"));
    assertThat(CATALOG.newestFor(13)).isEmpty();
  }

  @Test
  void everyReleaseIsForATutorThatIsKnown() {
    assertThat(CATALOG.releases().values())
        .hasSize(30)
        .allSatisfy(each -> assertThat(CATALOG.tutor().keySet()).containsAll(each.tutor()));
  }

  @Test
  void tagsThatAreNoPackageMayCallThemselvesOtherwise() {
    assertThat(CATALOG.releases().values())
        .filteredOn(each -> !each.registry())
        .extracting(each -> each.version() + " is " + each.callsItself())
        .containsExactly("1.3.1 is 1.3.0", "1.3.2 is 1.3.0", "2.5.2 is 2.5.1", "3.0.1 is 3.0.1");
  }

  @Test
  void modelsAddUpOverTheReleasesOfDbt() {
    assertThat(CATALOG.dbt().values())
        .extracting(each -> each.version() + ": " + each.models().size())
        .containsExactly(
            "3.24.0: 48",
            "3.29.0: 55",
            "3.30.0: 41",
            "3.33.3: 47",
            "3.33.9: 47",
            "4.0.0: 39",
            "4.0.1: 42",
            "4.0.2: 42",
            "4.0.3: 45",
            "5.0.0: 42",
            "6.1.0: 37",
            "8.0.0: 36",
            "8.1.0: 41");
  }

  @Test
  void upstreamsDropListsHaveTheirLengths() {
    var lengths = new TreeMap<Version, Integer>();
    CATALOG.dbt().forEach((version, dbt) -> lengths.put(version, dbt.deprecated().size()));

    assertThat(lengths.values()).containsExactly(0, 0, 15, 15, 15, 46, 46, 46, 46, 50, 58, 59, 59);
  }

  @Test
  void whatUpstreamWouldDropAliveIsExactlyWhatTheCatalogMarks() {
    for (var release : CATALOG.releases().values()) {
      var computed =
          CATALOG.deprecated(release).entrySet().stream()
              .filter(each -> each.getValue().alive())
              .map(each -> each.getKey().relation())
              .collect(Collectors.toSet());
      var marked =
          CATALOG.alive().values().stream()
              .filter(each -> release.version().isAtLeast(each.since()))
              .map(Alive::relation)
              .collect(Collectors.toSet());

      assertThat(computed).as(release.version().toString()).isEqualTo(marked);
    }
  }

  @Test
  void aliveMeansAModelOrATableOfAMigration() {
    var newest = CATALOG.require(Version.of("6.1.0"));

    assertThat(CATALOG.life(Relation.of("event_sink.course_enrollment"), newest))
        .isEqualTo(Life.WRITTEN);
    assertThat(CATALOG.life(Relation.of("event_sink.course_relationships"), newest))
        .isEqualTo(Life.UNWRITTEN);
    assertThat(CATALOG.life(Relation.of("reporting.fact_problem_engagement"), newest))
        .isEqualTo(Life.MODEL);
    assertThat(CATALOG.life(Relation.of("reporting.fact_instance_enrollments_mv"), newest))
        .isEqualTo(Life.MODEL);
    assertThat(CATALOG.life(Relation.of("xapi.fact_instance_enrollments"), newest))
        .as("only its name is that of a live model")
        .isEqualTo(Life.DEAD);
  }

  @Test
  void aTableOfAMigrationMayBecomeAModel() {
    var name = Relation.of("event_sink.most_recent_course_blocks");

    assertThat(CATALOG.life(name, CATALOG.require(Version.of("1.0.3")))).isEqualTo(Life.UNWRITTEN);
    assertThat(CATALOG.life(name, CATALOG.require(Version.of("1.1.0")))).isEqualTo(Life.MODEL);
    assertThat(CATALOG.life(name, CATALOG.require(Version.of("2.0.0")))).isEqualTo(Life.DEAD);
  }

  @Test
  void theRenameTableHasThirtyRowsAndOneIsWrong() {
    assertThat(CATALOG.renames()).hasSize(30);
    assertThat(CATALOG.renames().stream().collect(Collectors.groupingBy(Rename::state)))
        .satisfies(
            by -> {
              assertThat(by.get(State.RENAMED)).hasSize(22);
              assertThat(by.get(State.DEPRECATED)).hasSize(7);
              assertThat(by.get(State.WRONG))
                  .extracting(Rename::old)
                  .containsExactly(Relation.of("reporting.int_videos_per_subsection"));
            });
  }

  @Test
  void everyRowIsTrueOfTheModels() {
    var before = CATALOG.dbtOf(CATALOG.require(Version.of("1.3.0")));
    var at = CATALOG.dbtOf(CATALOG.require(Version.of("2.0.0")));
    for (var row : CATALOG.renames()) {
      assertThat(before.models()).containsEntry(row.old(), row.kind());
      assertThat(at.models()).doesNotContainKey(row.old());
      assertThat(at.deprecated()).extracting(Drop::relation).contains(row.old());
      for (var release : CATALOG.releases().tailMap(row.at()).values()) {
        var stands =
            row.target() != null && CATALOG.dbtOf(release).models().containsKey(row.target());
        assertThat(row.targetAt(release.version()) != null)
            .as("%s at %s", row.target(), release.version())
            .isEqualTo(stands);
      }
    }
  }

  @Test
  void thirteenTargetsAreStillThereInTheNewest() {
    assertThat(CATALOG.renames().stream().map(each -> each.targetAt(Version.of("6.1.0"))))
        .filteredOn(Objects::nonNull)
        .hasSize(13);
  }

  @Test
  void whatStandsInPlaceOfARelationFollowsRenamesAndThenSuccessors() {
    assertThat(inPlaceOf("xapi.fact_learner_last_course_visit", "3.0.3"))
        .containsExactly("reporting.dim_learner_last_course_visit");
    assertThat(inPlaceOf("xapi.section_page_engagement", "2.4.0"))
        .containsExactly("reporting.fact_section_page_engagement");
    assertThat(inPlaceOf("xapi.section_page_engagement", "2.5.0"))
        .as("the table's target is gone and dropped by the same macro")
        .containsExactly("reporting.fact_pageview_engagement");
    assertThat(inPlaceOf("reporting.fact_enrollments", "6.1.0"))
        .containsExactly("reporting.fact_enrollments");
    assertThat(inPlaceOf("reporting.learner_summary", "6.1.0")).isEmpty();
  }

  @Test
  void everyGoneModelOfTheRenameTableHasSomethingInItsPlace() {
    var newest = CATALOG.releases().lastEntry().getValue();

    assertThat(CATALOG.renames())
        .allSatisfy(
            each -> assertThat(CATALOG.inPlaceOf(each.old(), newest)).as("" + each).isNotEmpty());
  }

  @Test
  void imagesFollowTheRelease() {
    var tutor = Version.of("22.0.2");
    var release = CATALOG.require(Version.of("6.1.0"));

    assertThat(
            List.of("aspects", "aspects-superset", "clickhouse", "ralph", "vector", "openedx")
                .stream()
                .map(each -> CATALOG.imageOf(each, release, tutor)))
        .containsExactly(
            "edunext/aspects:6.1.0",
            "edunext/aspects-superset:6.1.0",
            "clickhouse/clickhouse-server:25.8",
            "fundocker/ralph:5.0.1",
            "timberio/vector:0.54.0-alpine",
            "docker.io/overhangio/openedx:22.0.2");
  }

  @Test
  void initHasItsSixTasksInOrder() {
    assertThat(CATALOG.init())
        .extracting(InitTask::service)
        .containsExactly("mysql", "clickhouse", "aspects", "superset", "mysql", "lms");
    assertThat(CATALOG.init()).extracting(InitTask::priority).isSorted();
  }

  private static List<String> inPlaceOf(String relation, String version) {
    return CATALOG.inPlaceOf(Relation.of(relation), CATALOG.require(Version.of(version))).stream()
        .map(Relation::toString)
        .toList();
  }
}
