package io.openedx.ops.catalog.removal;

import static io.openedx.ops.catalog.removal.Worlds.CATALOG;
import static io.openedx.ops.catalog.removal.Worlds.RALPH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropPlannerTest {
  @Test
  void aViewGoesBeforeTheTableThatItFills() {
    var plan = plan("3.0.3", new Worlds().table("xapi.raw").model("xapi.responses", "xapi.raw"));
    assertThat(plan.drops())
        .extracting(PlannedDrop::statement)
        .containsExactly(
            "DROP VIEW IF EXISTS `xapi`.`responses_mv` SYNC",
            "DROP TABLE IF EXISTS `xapi`.`responses` SYNC");
    assertThat(plan.kept()).isEmpty();
  }

  @Test
  void whatIsAliveStaysThoughUpstreamsListNamesIt() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .table("event_sink.course_enrollment")
                .table("event_sink.course_relationships")
                .view("reporting.fact_problem_engagement", "SELECT 1"));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept())
        .extracting(Kept::toString)
        .hasSize(3)
        .anyMatch(it -> it.contains("event_sink.course_enrollment") && it.contains("sink writes"))
        .anyMatch(it -> it.contains("course_relationships") && it.contains("none makes it again"))
        .anyMatch(it -> it.contains("fact_problem_engagement") && it.contains("model again"));
  }

  @Test
  void beforeItWasAModelAgainFactProblemEngagementIsDead() {
    assertThat(
            plan("2.4.0", new Worlds().view("reporting.fact_problem_engagement", "SELECT 1"))
                .drops())
        .extracting(PlannedDrop::reason)
        .containsExactly("on upstream's list");
  }

  @Test
  void whatUpstreamsListForgotGoesToo() {
    var plan =
        plan(
            "3.0.3",
            new Worlds().table("xapi.raw").model("xapi.watched_video_duration", "xapi.raw"));
    assertThat(plan.drops())
        .extracting(PlannedDrop::reason)
        .containsOnly("an older Aspects built it; upstream's list forgot it")
        .hasSize(2);
  }

  @Test
  void whatAnOwnViewReadsStaysWithWhatFillsIt() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .table("xapi.raw")
                .model("xapi.responses", "xapi.raw")
                .view("team.inner_view", "SELECT a FROM xapi.responses")
                .view("team.outer_view", "SELECT a FROM team.inner_view"));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept())
        .extracting(each -> each.name() + ": " + each.sentence())
        .containsExactly(
            "xapi.responses: team.inner_view uses it. In its place Aspects 3.0.3 has reporting.dim_learner_last_response or xapi.problem_events. Change or drop team.inner_view; or name it in spec.removal.mayBreak, if it may break.",
            "xapi.responses_mv: it fills xapi.responses, which stays because of team.inner_view. Change or drop team.inner_view; or name it in spec.removal.mayBreak, if it may break.");
  }

  @Test
  void whatOnlyGivenUpViewsReadGoesAndTheyAreNamed() {
    var worlds =
        new Worlds()
            .table("xapi.raw")
            .model("xapi.responses", "xapi.raw")
            .view("team.inner_view", "SELECT a FROM xapi.responses")
            .view("team.outer_view", "SELECT a FROM team.inner_view");
    assertThat(plan("3.0.3", worlds, "team.inner_view").drops())
        .as("nobody has given up what reads it")
        .isEmpty();
    var plan = plan("3.0.3", worlds, "team.inner_view", "team.outer_view");
    assertThat(plan.drops())
        .extracting(PlannedDrop::name, PlannedDrop::breaks)
        .containsExactly(
            tuple(Worlds.name("xapi.responses_mv"), Set.of()),
            tuple(Worlds.name("xapi.responses"), Set.of("team.inner_view", "team.outer_view")));
    assertThat(plan.text())
        .contains("BREAKS team.inner_view, team.outer_view, as spec.removal.mayBreak allows");
    assertThat(plan.identity())
        .as("an approval means what breaks")
        .contains("breaks `team.inner_view` breaks `team.outer_view`");
  }

  @Test
  void whatADatasetOfSupersetReadsStaysUntilItIsGivenUp() {
    var worlds =
        new Worlds()
            .table("xapi.raw")
            .model("xapi.responses", "xapi.raw")
            .view("team.answers", "SELECT a FROM xapi.responses")
            .view("reporting.int_problem_hints", "SELECT 1")
            .dataset("ours", "reporting", "select a from int_problem_hints as h")
            .dataset("reporting.answers", "", "SELECT * FROM team.answers");
    var plan = plan("3.0.3", worlds, "team.answers");
    assertThat(plan.drops()).as("a dataset reads what is given up").isEmpty();
    assertThat(plan.held())
        .extracting(each -> each.name() + ": " + each.sentence())
        .containsExactly(
            "reporting.int_problem_hints: Superset's dataset ours reads it. In its place Aspects 3.0.3 has xapi.problem_events. Change or delete the dataset in Superset; or name it in spec.removal.mayBreak as dataset:ours, if it may break.",
            "xapi.responses: team.answers uses it, which stays because of Superset's dataset reporting.answers. In its place Aspects 3.0.3 has reporting.dim_learner_last_response or xapi.problem_events. Change or delete the dataset in Superset; or name it in spec.removal.mayBreak as dataset:reporting.answers, if it may break.",
            "xapi.responses_mv: it fills xapi.responses, which stays because of Superset's dataset reporting.answers. Change or delete the dataset in Superset; or name it in spec.removal.mayBreak as dataset:reporting.answers, if it may break.");
    assertThat(plan("3.0.3", worlds, "dataset:reporting.answers", "dataset:ours").drops())
        .extracting(PlannedDrop::name, PlannedDrop::breaks)
        .as("a view reads what the dataset was given up for")
        .containsExactly(tuple(Worlds.name("reporting.int_problem_hints"), Set.of("dataset:ours")));
    assertThat(plan("3.0.3", worlds, "team.answers", "dataset:reporting.answers").drops())
        .extracting(PlannedDrop::name, PlannedDrop::breaks)
        .containsExactly(
            tuple(Worlds.name("xapi.responses_mv"), Set.of()),
            tuple(
                Worlds.name("xapi.responses"),
                Set.of("team.answers", "dataset:reporting.answers")));
  }

  @Test
  void whatIsGivenUpAndMeansNothingIsSaid() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .view("reporting.int_problem_hints", "SELECT 1")
                .view("team.hints", "SELECT a FROM reporting.int_problem_hints")
                .table("team.counts")
                .dataset("of_the_team", "team", "SELECT a FROM counts"),
            "team.hint",
            "team.counts",
            "dataset:team.of_the_team",
            "dataset:of_the_team");
    assertThat(plan.idle())
        .hasSize(3)
        .anyMatch(it -> it.startsWith("team.hint is neither a relation of this server nor"))
        .anyMatch(it -> it.startsWith("dataset:team.of_the_team is neither a relation"))
        .contains(
            "team.counts is ReplacingMergeTree and no plain view of the site's own, so it cannot be given up");
    assertThat(plan.text()).contains("spec.removal.mayBreak has no effect here: team.hint is");
  }

  @Test
  void onlyAPlainViewOfTheSitesOwnMayBreak() {
    var worlds =
        new Worlds()
            .table("xapi.raw")
            .model("xapi.responses", "xapi.raw")
            .table("team.counts")
            .feeder("team.counts_mv", "team.counts", "xapi.responses")
            .dictionary("team.tags", "event_sink", "most_recent_tags")
            .table("event_sink.most_recent_tags")
            .view("reporting.fact_enrollments", "SELECT a FROM reporting.fact_student_status")
            .view("reporting.fact_student_status", "SELECT 1")
            .view("reporting.int_problem_hints", "SELECT 1")
            .view("te.am.x", "SELECT a FROM reporting.int_problem_hints")
            .with(
                new TableName("te.am", "x"),
                "View",
                "u",
                0,
                "CREATE VIEW `te.am`.x (`a` String) AS SELECT 1");
    var plan =
        plan(
            "3.0.3",
            worlds,
            "team.counts_mv",
            "team.tags",
            "reporting.fact_enrollments",
            "te.am.x",
            "xapi.responses_mv",
            "no.such");
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept())
        .filteredOn(each -> each.name().equals(Worlds.name("xapi.responses")))
        .extracting(Kept::sentence)
        .singleElement()
        .asString()
        .endsWith(
            "Change or drop team.counts_mv: it is no plain view, so it may take inserts down with it.");
  }

  @Test
  void whatUpstreamsMacroTakesAliveIsNamed() {
    var world =
        new Worlds()
            .table("event_sink.course_enrollment")
            .view("reporting.fact_problem_engagement", "SELECT 1")
            .view("reporting.fact_navigation", "SELECT 1")
            .view("reporting.int_problem_hints", "SELECT 1")
            .view("team.hints", "SELECT a FROM reporting.int_problem_hints")
            .table("xapi.watched_video_duration")
            .world();
    var release = CATALOG.require(Version.of("3.0.3"));
    var ours = DropPlanner.plan(CATALOG, release, RALPH, world, Set.of());
    var plan = UpstreamPlan.of(CATALOG, release, RALPH, world, ours);
    assertThat(plan.drops())
        .extracting(each -> each.name() + (each.loss() == null ? " dead" : " alive"))
        .containsExactly(
            "event_sink.course_enrollment alive",
            "reporting.fact_navigation dead",
            "reporting.fact_problem_engagement alive",
            "reporting.int_problem_hints alive");
    assertThat(plan.text())
        .contains("IT DROPS WHAT SHOULD STAY")
        .contains("team.hints uses it")
        .contains(
            "reporting.fact_navigation (View, 100 rows, 1.0 kB): Aspects 3.0.3 no longer has it");
    assertThat(plan.identity())
        .startsWith("run-operation remove_deprecated_models of aspects-dbt v")
        .contains("`event_sink`.`course_enrollment` -- uuid-of-event_sink.course_enrollment ALIVE");
  }

  @Test
  void beforeTheUpgradeItIsForeseenAsIfDbtHadRun() {
    var worlds =
        new Worlds()
            .view("reporting.fact_enrollments", "SELECT a FROM reporting.fact_student_status")
            .view("reporting.fact_student_status", "SELECT 1")
            .view("reporting.int_problem_hints", "SELECT 1")
            .view("team.hints", "SELECT a FROM reporting.int_problem_hints")
            .table("event_sink.course_enrollment");
    var plan =
        DropPlanner.foresee(
            CATALOG, CATALOG.require(Version.of("3.0.3")), RALPH, worlds.world(), Set.of());
    assertThat(plan.drops())
        .extracting(each -> each.name().toString())
        .containsExactly("reporting.fact_student_status");
    assertThat(plan.stale()).isEmpty();
    assertThat(plan.kept())
        .extracting(each -> each.name() + " " + each.why())
        .containsExactly("event_sink.course_enrollment LIVE", "reporting.int_problem_hints OWN");
  }

  @Test
  void whatFilledATableThatIsAViewByNowGoes() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .table("event_sink.course_blocks")
                .view("reporting.dim_course_blocks", "SELECT 1")
                .feeder(
                    "reporting.dim_course_blocks_mv",
                    "reporting.dim_course_blocks",
                    "event_sink.course_blocks"));
    assertThat(plan.drops())
        .extracting(PlannedDrop::statement)
        .containsExactly("DROP VIEW IF EXISTS `reporting`.`dim_course_blocks_mv` SYNC");
  }

  @Test
  void aChainOfTheDeadGoesFromItsEnd() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .view(
                    "reporting.fact_navigation", "SELECT a FROM reporting.int_pages_per_subsection")
                .view(
                    "reporting.int_pages_per_subsection",
                    "SELECT a FROM event_sink.most_recent_course_blocks")
                .model("event_sink.most_recent_course_blocks", "event_sink.course_blocks")
                .table("event_sink.course_blocks"));
    assertThat(plan.drops())
        .extracting(each -> each.name().toString())
        .containsExactly(
            "event_sink.most_recent_course_blocks_mv",
            "reporting.fact_navigation",
            "reporting.int_pages_per_subsection",
            "event_sink.most_recent_course_blocks");
  }

  @Test
  void theReplacementIsNamed() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .dictionary("event_sink.course_names", "event_sink", "course_overviews")
                .table("event_sink.course_overviews")
                .view("team.names", "SELECT dictGet('event_sink.course_names', 'a', 1)"));
    assertThat(plan.kept())
        .extracting(Kept::sentence)
        .containsExactly(
            "team.names uses it. In its place Aspects 3.0.3 has event_sink.dim_course_names. Change or drop team.names; or name it in spec.removal.mayBreak, if it may break.");
  }

  @Test
  void anotherKindIsSomebodyElses() {
    var plan = plan("3.0.3", new Worlds().table("reporting.fact_navigation"));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept())
        .extracting(Kept::sentence)
        .containsExactly("Aspects has only made a view of this name, so this is somebody else's.");
  }

  @Test
  void theSameNameInAnotherDatabaseIsNoCandidate() {
    assertThat(plan("3.0.3", new Worlds().table("team.responses")).drops()).isEmpty();
  }

  @Test
  void rolesThatShareADatabaseShareTheirLiveNames() {
    var one =
        new Databases(
            Map.of(
                Role.XAPI, "all", Role.RALPH, "all", Role.REPORTING, "all", Role.EVENT_SINK, "s"));
    var world = new Worlds().model("all.fact_instance_enrollments", "all.raw").table("all.raw");
    var plan =
        DropPlanner.plan(
            CATALOG, CATALOG.require(Version.of("3.0.3")), one, world.world(), Set.of());
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept()).extracting(Kept::why).containsOnly(Kept.Why.LIVE);
  }

  @Test
  void aTableStaysWhileTheViewThatFillsItIsDetached() {
    var plan = plan("3.0.3", new Worlds().table("xapi.responses").detached("xapi.responses_mv"));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept()).extracting(Kept::why).containsExactly(Kept.Why.DETACHED_FEEDER);
    assertThat(plan.detached()).containsExactly(Worlds.name("xapi.responses_mv"));
    assertThat(plan.text()).contains("Detached").contains("xapi.responses_mv");
  }

  @Test
  void aModelThatStillReadsTheOldWasNotBuiltAnew() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .view("reporting.fact_enrollments", "SELECT a FROM reporting.fact_student_status")
                .view("reporting.fact_student_status", "SELECT 1"));
    assertThat(plan.stale())
        .containsExactly(
            new Stale(
                Worlds.name("reporting.fact_enrollments"),
                Worlds.name("reporting.fact_student_status")));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.text()).contains("Not built anew by dbt").contains("fact_student_status");
  }

  @Test
  void aViewWithATableOfItsOwnIsOneRelation() {
    var id = "0a1b2c3d-0000-4000-8000-000000000001";
    var worlds =
        new Worlds()
            .table("xapi.raw")
            .with(
                Worlds.name("xapi.responses_mv"),
                "MaterializedView",
                id,
                0,
                "CREATE MATERIALIZED VIEW xapi.responses_mv (`a` String) ENGINE = MergeTree AS SELECT a FROM xapi.raw")
            .with(
                Worlds.name("xapi..inner_id." + id),
                "MergeTree",
                "inner",
                7_000,
                "CREATE TABLE xapi.`.inner_id.%s` (`a` String)".formatted(id));
    assertThat(plan("3.0.3", worlds).drops())
        .extracting(PlannedDrop::statement, PlannedDrop::bytes)
        .containsExactly(tuple("DROP VIEW IF EXISTS `xapi`.`responses_mv` SYNC", 7_000L));
    worlds.view("team.reader", "SELECT a FROM xapi.`.inner_id.%s`".formatted(id));
    assertThat(plan("3.0.3", worlds).drops()).isEmpty();
  }

  @Test
  void whatUsesEachOtherInACircleStays() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .view("reporting.fact_navigation", "SELECT a FROM reporting.int_problem_hints")
                .view("reporting.int_problem_hints", "SELECT a FROM reporting.fact_navigation")
                .view("reporting.fact_student_status", "SELECT 1"));
    assertThat(plan.drops())
        .extracting(each -> each.name().toString())
        .containsExactly("reporting.fact_student_status");
    assertThat(plan.kept()).extracting(Kept::why).containsOnly(Kept.Why.CIRCLE);
  }

  @Test
  void whatAFunctionOrTheConfigurationReadsStays() {
    var plan =
        plan(
            "3.0.3",
            new Worlds()
                .dictionary("event_sink.course_tags", "event_sink", "tag")
                .table("event_sink.tag")
                .view("reporting.int_problem_hints", "SELECT 1")
                .outsider(
                    "function tags_of",
                    "CREATE FUNCTION tags_of AS c -> dictGet('event_sink.course_tags', 'a', c)")
                .outsider("dictionary hints", "ClickHouse: reporting.int_problem_hints"));
    assertThat(plan.drops()).isEmpty();
    assertThat(plan.kept())
        .extracting(Kept::sentence)
        .anyMatch(it -> it.startsWith("function tags_of reads it."))
        .anyMatch(it -> it.startsWith("dictionary hints reads it."));
  }

  @Test
  void theGuardIsLiftedForOneStatementAndNamed() {
    var worlds =
        new Worlds()
            .with(
                Worlds.name("xapi.responses"),
                "MergeTree",
                "u",
                60_000_000_000L,
                "CREATE TABLE xapi.responses (a String)")
            .guard(50_000_000_000L);
    var plan = plan("3.0.3", worlds);
    assertThat(plan.drops())
        .extracting(PlannedDrop::statement)
        .containsExactly(
            "DROP TABLE IF EXISTS `xapi`.`responses` SYNC SETTINGS max_table_size_to_drop = 0");
    assertThat(plan.text()).contains("60.0 GB").contains("max_table_size_to_drop of 50.0 GB");
  }

  @Test
  void onAClusterAllServersDropIt() {
    assertThat(plan("3.0.3", new Worlds().table("xapi.responses").cluster("openedx-demo")).drops())
        .extracting(PlannedDrop::statement)
        .containsExactly("DROP TABLE IF EXISTS `xapi`.`responses` ON CLUSTER `openedx-demo` SYNC");
  }

  @Test
  void theHashIsOfWhatIsDroppedAndNotOfWhatMoves() {
    var some = new Worlds().model("xapi.responses", "xapi.raw").table("xapi.raw");
    var plan = plan("3.0.3", some);
    var grown =
        new Worlds()
            .with(
                Worlds.name("xapi.responses"),
                "ReplacingMergeTree",
                "uuid-of-xapi.responses",
                9_999_999,
                "CREATE TABLE xapi.responses (`a` String)")
            .feeder("xapi.responses_mv", "xapi.responses", "xapi.raw")
            .table("xapi.raw");
    assertThat(plan("3.0.3", grown).hash()).isEqualTo(plan.hash());
    var again =
        new Worlds()
            .with(
                Worlds.name("xapi.responses"),
                "ReplacingMergeTree",
                "another",
                1_000,
                "CREATE TABLE xapi.responses (`a` String)")
            .feeder("xapi.responses_mv", "xapi.responses", "xapi.raw")
            .table("xapi.raw");
    assertThat(plan("3.0.3", again).hash()).isNotEqualTo(plan.hash());
    assertThat(plan.hash()).matches("sha256:[0-9a-f]{64}");
    assertThat(plan.text()).contains("2 relation(s), 200 rows, 2.0 kB");
  }

  private static DropPlan plan(String version, Worlds worlds, String... mayBreak) {
    return DropPlanner.plan(
        CATALOG, CATALOG.require(Version.of(version)), RALPH, worlds.world(), Set.of(mayBreak));
  }
}
