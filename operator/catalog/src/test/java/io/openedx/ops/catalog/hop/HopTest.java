package io.openedx.ops.catalog.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Instruction;
import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HopTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void fromThreeToFourTwoModelsAreBuiltAnew() {
    assertThat(refresh("3.0.3", "4.0.0"))
        .containsExactly("dim_problem_responses+", "dim_problem_results+");
  }

  @Test
  void toTwoFiveItIsUpstreamsListAndTheTwoItLacks() {
    assertThat(refresh("2.4.0", "2.5.3"))
        .containsExactly(
            "dim_course_blocks+",
            "dim_learner_last_response+",
            "dim_problem_coursewide_avg+",
            "dim_problem_responses+",
            "dim_problem_results+",
            "dim_subsection_performance+",
            "dim_subsection_problem_results+",
            "fact_navigation_completion+",
            "fact_pageview_engagement+",
            "fact_problem_engagement+",
            "fact_video_segments+",
            "grading_events+",
            "problem_events+",
            "video_playback_events+");
    assertThat(Hop.of(CATALOG, Version.of("2.4.0"), Version.of("2.5.3")).fullRefresh())
        .filteredOn(each -> !each.documented())
        .extracting(Rebuild::model)
        .containsExactly("grading_events", "video_playback_events");
  }

  @Test
  void hopsWithinOneReleaseOfDbtBuildNothingAnew() {
    assertThat(refresh("2.5.3", "3.0.3")).isEmpty();
    assertThat(refresh("4.0.0", "5.1.0")).isEmpty();
    assertThat(refresh("5.1.0", "6.0.0")).isEmpty();
    assertThat(refresh("6.0.1", "6.1.0")).isEmpty();
  }

  @Test
  void aJumpUnitesTheListsOfAllBoundaries() {
    var jump = refresh("2.4.0", "4.0.0");
    var union = new ArrayList<>(refresh("2.4.0", "2.5.0"));
    union.addAll(refresh("2.5.0", "4.0.0"));

    assertThat(union).containsAll(jump);
    assertThat(jump).doesNotContain("dim_subsection_performance+");
    assertThat(union.stream().distinct().filter(each -> !jump.contains(each)))
        .as("gone in 4.0.0")
        .containsExactly("dim_subsection_performance+");
  }

  @Test
  void whatInitMakesForTheFirstTimeIsNotBuiltTwice() {
    assertThat(refresh("1.3.0", "2.0.0"))
        .containsExactly("enrollment_events+", "grading_events+", "problem_events+");
    assertThat(refresh("1.3.0", "2.4.0"))
        .as("dim_problem_results came with 2.3.1 and changed in 2.4.0")
        .doesNotContain("dim_problem_results+")
        .contains("video_playback_events+");
    assertThat(refresh("2.3.1", "2.4.0"))
        .containsExactly("dim_problem_results+", "video_playback_events+");
  }

  @Test
  void everyHopNamesOnlyModelsOfTheNewRelease() {
    for (var from : CATALOG.releases().keySet()) {
      for (var to : CATALOG.releases().tailMap(from, false).values()) {
        var models = CATALOG.dbtOf(to);
        assertThat(Hop.of(CATALOG, from, to.version()).fullRefresh())
            .allSatisfy(each -> assertThat(models.builds(each.model())).isTrue());
      }
    }
  }

  @Test
  void aHopGoesUp() {
    assertThat(Hop.of(CATALOG, Version.of("2.5.3"), Version.of("3.0.3")))
        .hasToString("2.5.3 -> 3.0.3");
    assertThatThrownBy(() -> Hop.of(CATALOG, Version.of("3.0.3"), Version.of("3.0.3")))
        .hasMessage("from 3.0.3 to 3.0.3 is no upgrade");
  }

  @Test
  void instructionsAreThoseOfTheCrossedBoundariesAndThePipeline() {
    assertThat(instructions("2.5.3", "3.0.3", Pipeline.RALPH)).containsExactly("paragon-23");
    assertThat(instructions("4.0.0", "5.1.0", Pipeline.RALPH))
        .containsExactly("pipeline", "ralph-5", "pii");
    assertThat(instructions("4.0.0", "5.0.0", Pipeline.VECTOR))
        .containsExactly("pipeline", "vector-agent", "vector-cluster");
    assertThat(instructions("2.0.0", "2.5.3", Pipeline.RALPH)).containsExactly("refresh-2.5");
    assertThat(instructions("5.1.0", "6.0.0", Pipeline.RALPH)).isEmpty();
  }

  @Test
  void announcementsAreThoseOfEachCrossedRelease() {
    assertThat(Hop.of(CATALOG, Version.of("2.5.3"), Version.of("3.0.3")).announcements())
        .containsExactly(
            "https://github.com/openedx/tutor-contrib-aspects/releases/tag/v3.0.0",
            "https://github.com/openedx/tutor-contrib-aspects/releases/tag/v3.0.2",
            "https://github.com/openedx/tutor-contrib-aspects/releases/tag/v3.0.3");
  }

  @Test
  void renamesAreCrossedAtTwo() {
    assertThat(Hop.of(CATALOG, Version.of("1.3.0"), Version.of("3.0.3")).renames()).hasSize(30);
    assertThat(Hop.of(CATALOG, Version.of("2.0.0"), Version.of("3.0.3")).renames()).isEmpty();
  }

  @Test
  void whatIsGoneSaysWhatToReadInstead() {
    assertThat(Hop.of(CATALOG, Version.of("3.0.3"), Version.of("4.0.0")).gone())
        .extracting(each -> each.relation() + " -> " + each.instead())
        .containsExactly(
            "reporting.dim_subsection_performance -> [reporting.dim_subsection_problem_results]");
    assertThat(Hop.of(CATALOG, Version.of("2.4.0"), Version.of("2.5.0")).gone())
        .hasSize(8)
        .allSatisfy(each -> assertThat(each.instead()).isNotEmpty());
    assertThat(Hop.of(CATALOG, Version.of("2.5.3"), Version.of("3.0.3")).gone()).isEmpty();
  }

  @Test
  void everyInitFromFiveOneOnEmptiesPiiTables() {
    assertThat(Hop.of(CATALOG, Version.of("3.0.3"), Version.of("5.0.0")).pii()).isNull();
    for (var from : List.of("3.0.3", "5.0.0", "5.1.0")) {
      assertThat(Hop.of(CATALOG, Version.of(from), Version.of("6.1.0")).pii())
          .satisfies(
              pii -> {
                assertThat(pii.setting()).isEqualTo("ASPECTS_ENABLE_PII");
                assertThat(pii.tables())
                    .extracting(Object::toString)
                    .containsExactly(
                        "event_sink.user_profile",
                        "event_sink.external_id",
                        "event_sink.auth_user");
              });
    }
  }

  private static List<String> refresh(String from, String to) {
    return Hop.of(CATALOG, Version.of(from), Version.of(to)).fullRefresh().stream()
        .map(Rebuild::selector)
        .toList();
  }

  private static List<String> instructions(String from, String to, Pipeline pipeline) {
    return Hop.of(CATALOG, Version.of(from), Version.of(to)).instructions(pipeline).stream()
        .map(Instruction::id)
        .toList();
  }
}
