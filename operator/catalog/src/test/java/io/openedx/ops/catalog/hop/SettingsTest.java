package io.openedx.ops.catalog.hop;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void aRalphSiteOnDefaultsKeepsItsPipelineAcrossFive() {
    assertThat(kept("4.0.0", "5.1.0", ralph(Map.of())))
        .containsExactly(
            "ASPECTS_XAPI_SOURCE: ralph",
            "RUN_RALPH: true",
            "RUN_VECTOR: false",
            "EVENT_ROUTING_BACKEND_BATCHING_ENABLED: true");
  }

  @Test
  void acrossFourTheDatabasesAreWrittenDownWhereTheyAre() {
    assertThat(kept("3.0.3", "4.0.0", ralph(Map.of())))
        .containsExactlyInAnyOrder(
            "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE: xapi",
            "ASPECTS_XAPI_SOURCE: ralph",
            "RALPH_DATABASE: xapi");
  }

  @Test
  void aVectorSiteKeepsItsMigrationsInItsOwnDatabase() {
    assertThat(kept("3.0.3", "4.0.0", vector(Map.of("ASPECTS_XAPI_DATABASE", "openedx"))))
        .containsExactlyInAnyOrder(
            "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE: openedx",
            "ASPECTS_XAPI_SOURCE: vector",
            "RALPH_DATABASE: xapi");
  }

  @Test
  void aRalphSiteWithADatabaseOfItsOwnKeepsIt() {
    var site = new Site(Map.of(), Pipeline.RALPH, true, false, true, "statements", "statements");

    assertThat(kept("3.0.3", "4.0.0", site))
        .contains("RALPH_DATABASE: statements", "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE: statements");
  }

  @Test
  void whatConfigYmlSaysAlreadyIsNotWrittenAgain() {
    var config =
        Map.of(
            "ASPECTS_XAPI_SOURCE", "ralph",
            "RUN_RALPH", "True",
            "RUN_VECTOR", "false",
            "EVENT_ROUTING_BACKEND_BATCHING_ENABLED", "true");

    assertThat(kept("4.0.0", "5.1.0", ralph(config))).isEmpty();
  }

  @Test
  void aJumpOverBothBoundariesWritesEachSettingOnce() {
    assertThat(kept("2.5.3", "5.1.0", ralph(Map.of())))
        .hasSize(6)
        .filteredOn(each -> each.startsWith("ASPECTS_XAPI_SOURCE"))
        .containsExactly("ASPECTS_XAPI_SOURCE: ralph");
  }

  @Test
  void hopsThatFlipNothingWriteNothing() {
    assertThat(kept("2.5.3", "3.0.3", ralph(Map.of()))).isEmpty();
    assertThat(kept("5.1.0", "6.1.0", ralph(Map.of()))).isEmpty();
  }

  @Test
  void aConfigThatIsNotWhatRunsIsNotGuessedAbout() {
    var plan = plan("4.0.0", "5.1.0", ralph(Map.of("ASPECTS_XAPI_SOURCE", "vector")), false);

    assertThat(plan)
        .isEqualTo(
            new SettingsPlan.Refused(
                List.of(
                    "config.yml says ASPECTS_XAPI_SOURCE: vector, but the site runs with ralph. So config.yml is not what this site was rendered from, and an upgrade would change more than Aspects. Apply config.yml as it is first (tutor config save, tutor k8s start), or write ASPECTS_XAPI_SOURCE: ralph into it.")));
  }

  @Test
  void anExpressionOfTheSitesOwnIsLeftAlone() {
    assertThat(
            kept(
                "3.0.3",
                "4.0.0",
                ralph(Map.of("ASPECTS_ALEMBIC_MIGRATIONS_DATABASE", "{{ RALPH_DATABASE }}"))))
        .noneMatch(each -> each.startsWith("ASPECTS_ALEMBIC"));
  }

  @Test
  void aMoveSaysWhatItMeansAndWritesTheNewPipelineDown() {
    var plan = plan("3.0.3", "5.1.0", ralph(Map.of("ASPECTS_XAPI_SOURCE", "ralph")), true);

    assertThat(plan)
        .isInstanceOfSatisfying(
            SettingsPlan.Move.class,
            move -> {
              assertThat(lines(move.pins()))
                  .containsExactlyInAnyOrder(
                      "ASPECTS_XAPI_SOURCE: vector",
                      "RUN_RALPH: false",
                      "RUN_VECTOR: true",
                      "EVENT_ROUTING_BACKEND_BATCHING_ENABLED: true",
                      "RALPH_DATABASE: xapi",
                      "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE: xapi");
              assertThat(move.consequences()).hasSize(5);
            });
  }

  @Test
  void aMoveIsPossibleLaterToo() {
    assertThat(plan("5.1.0", "6.1.0", ralph(Map.of("RUN_RALPH", "true")), true))
        .isInstanceOfSatisfying(
            SettingsPlan.Move.class,
            move -> assertThat(lines(move.pins())).contains("RUN_RALPH: false"));
  }

  @Test
  void aVectorSiteHasNowhereToMove() {
    assertThat(plan("4.0.0", "5.1.0", vector(Map.of()), true))
        .isInstanceOf(SettingsPlan.Keep.class);
  }

  /** A move that was stopped half way: both run, and config.yml has what was wanted. */
  @Test
  void aMoveGoesOnWhereItWasStopped() {
    var config = Map.of("ASPECTS_XAPI_SOURCE", "vector", "RUN_RALPH", "false");
    var both = new Site(config, Pipeline.VECTOR, true, true, true, "xapi", "xapi");

    assertThat(plan("4.0.0", "5.1.0", both, true))
        .isInstanceOfSatisfying(
            SettingsPlan.Move.class,
            move -> assertThat(lines(move.pins())).contains("RUN_RALPH: false"));
  }

  @Test
  void beforeFiveThereIsNothingToMoveTo() {
    assertThat(plan("3.0.3", "4.0.0", ralph(Map.of()), true))
        .isEqualTo(
            new SettingsPlan.Refused(
                List.of(
                    "spec.ingestion.pipeline is Move, but Aspects 4.0.0 still has Ralph as its pipeline; Vector is the default from 5.0.0 on. Nothing was changed. Set it to Keep, or upgrade to 5.0.0 or newer.")));
  }

  private static Site ralph(Map<String, String> config) {
    return new Site(config, Pipeline.RALPH, true, false, true, "xapi", "xapi");
  }

  private static Site vector(Map<String, String> config) {
    return new Site(config, Pipeline.VECTOR, false, true, false, "xapi", "openedx");
  }

  private static List<String> kept(String from, String to, Site site) {
    return lines(((SettingsPlan.Keep) plan(from, to, site, false)).pins());
  }

  private static List<String> lines(List<Pin> pins) {
    return pins.stream().map(each -> each.setting() + ": " + each.value()).toList();
  }

  private static SettingsPlan plan(String from, String to, Site site, boolean move) {
    return Hop.of(CATALOG, Version.of(from), Version.of(to)).settings(site, move);
  }
}
