package io.openedx.ops.catalog.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.installed.Installed.Disagreement;
import io.openedx.ops.catalog.installed.Installed.Found;
import io.openedx.ops.catalog.installed.Installed.Narrowed;
import io.openedx.ops.catalog.installed.Installed.Unfinished;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void everyReleaseOfThePackageIsFoundByItsImages() {
    CATALOG.releases().values().stream()
        .filter(each -> each.registry())
        .map(each -> each.version().toString())
        .forEach(
            version ->
                assertThat(detect(site(version)))
                    .isInstanceOfSatisfying(
                        Found.class,
                        found -> {
                          assertThat(found.version()).hasToString(version);
                          assertThat(found.by()).isEqualTo(Signal.IMAGE);
                        }));
  }

  @Test
  void aTagOfTheSitesOwnMayGoOnAfterTheVersion() {
    for (var image :
        List.of(
            "registry.example:5000/team/aspects-superset:3.0.3-a1b2c3",
            "aspects:v3.0.3",
            "edunext/aspects:3.0.3@sha256:0123456789abcdef")) {
      assertThat(detect(signals(List.of(image), List.of(), null, Map.of(), List.of())))
          .as(image)
          .isInstanceOfSatisfying(
              Found.class, found -> assertThat(found.version()).hasToString("3.0.3"));
    }
  }

  @Test
  void imagesOfOtherProgramsSayNothing() {
    for (var image :
        List.of(
            "registry.example/superset:6.1.0",
            "apache/superset:4.1.1",
            "edunext/aspects-superset:main",
            "edunext/aspects-superset@sha256:0123456789abcdef")) {
      assertThat(detect(signals(List.of(image), List.of(), null, Map.of(), List.of())))
          .as(image)
          .isInstanceOf(Installed.Unknown.class);
    }
  }

  @Test
  void theBranchOfDbtNarrowsToTheReleasesThatBringIt() {
    var outcome = detect(signals(List.of(), List.of("v6.1.0"), null, Map.of(), List.of("0041")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Narrowed.class,
            narrowed -> {
              assertThat(narrowed.oldest()).hasToString("2.5.0");
              assertThat(narrowed.candidates().last()).hasToString("3.0.3");
            });
    assertThat(outcome.message())
        .isEqualTo(
            "The site runs one of Aspects 2.5.0, 2.5.1, 2.5.2, 2.5.3, 3.0.0, 3.0.1, 3.0.2, 3.0.3: DBT_BRANCH (v6.1.0) say 2.5.0 to 3.0.3; the Alembic revision (0041) say 2.0.0 to 6.1.0. Nothing tells them apart, so the upgrade is planned from 2.5.0, which asks for the most.");
  }

  @Test
  void aBranchOfTheSitesOwnSaysNothing() {
    assertThat(detect(signals(List.of(), List.of("our-models"), null, Map.of(), List.of("0039"))))
        .isInstanceOfSatisfying(
            Found.class,
            found -> {
              assertThat(found.version()).hasToString("1.2.0");
              assertThat(found.by()).isEqualTo(Signal.ALEMBIC);
            });
  }

  @Test
  void relationsTellTheReleaseOfDbt() {
    assertThat(byRelations(relations("1.2.0"))).containsExactly("1.2.0");
    assertThat(byRelations(relations("2.4.0"))).containsExactly("2.4.0");
    assertThat(byRelations(relations("6.1.0"))).containsExactly("6.0.1", "6.1.0");
  }

  @Test
  void relationsThatOlderReleasesLeftBehindChangeNothing() {
    for (var path :
        List.of(
            List.of("1.0.0", "1.3.0", "2.0.0", "2.4.0"),
            List.of("1.3.0", "2.4.0"),
            List.of("2.3.1", "2.4.0"))) {
      var there = new HashMap<Relation, Form>();
      path.forEach(each -> there.putAll(relations(each)));
      assertThat(byRelations(there)).as("" + path).containsExactly("2.4.0");
    }
  }

  @Test
  void aModelThatWasOnlyRemovedCannotBeToldFromOneThatLingers() {
    var there = new HashMap<>(relations("3.0.3"));
    there.putAll(relations("4.0.0"));

    assertThat(byRelations(there))
        .contains("2.5.0", "3.0.3", "4.0.0", "6.0.0")
        .doesNotContain("2.4.0");
  }

  @Test
  void theManifestOfDbtTellsThemApart() {
    var there = new HashMap<>(relations("3.0.3"));
    there.putAll(relations("4.0.0"));

    assertThat(detect(signals(List.of(), List.of(), models("4.0.0"), there, List.of("0041"))))
        .isInstanceOfSatisfying(
            Narrowed.class,
            narrowed ->
                assertThat(narrowed.candidates())
                    .extracting(Version::toString)
                    .containsExactly("4.0.0", "5.0.0", "5.1.0", "6.0.0"));
  }

  @Test
  void manifestsAppliedAndInitNotRunIsAnUnfinishedUpgrade() {
    var outcome =
        detect(
            signals(
                List.of("edunext/aspects-superset:4.0.0"),
                List.of("v8.0.0"),
                models("2.4.0"),
                relations("2.4.0"),
                List.of("0041")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unfinished.class,
            unfinished -> {
              assertThat(unfinished.data()).hasToString("2.4.0");
              assertThat(unfinished.deployed()).hasToString("4.0.0");
            });
    assertThat(outcome.message())
        .endsWith(
            "So the data is of Aspects 2.4.0 while the manifests are of 4.0.0. Ask for 4.0.0 or newer: the upgrade is then planned from 2.4.0 and does what is left.");
  }

  @Test
  void migrationsDoneAndDbtNotIsAnUnfinishedUpgrade() {
    assertThat(
            detect(
                signals(
                    List.of("edunext/aspects:2.0.0"),
                    List.of("v4.0.0"),
                    models("1.3.0"),
                    relations("1.3.0"),
                    List.of("0041"))))
        .isInstanceOfSatisfying(
            Unfinished.class, unfinished -> assertThat(unfinished.data()).hasToString("1.3.0"));
  }

  @Test
  void twoImagesOfDifferentReleasesDisagree() {
    var outcome =
        detect(
            signals(
                List.of("edunext/aspects-superset:3.0.3", "edunext/aspects:2.5.3"),
                List.of(),
                null,
                Map.of(),
                List.of()));

    assertThat(outcome).isInstanceOf(Disagreement.class);
    assertThat(outcome.message())
        .isEqualTo(
            "The signals exclude each other: image tags (2.5.3) say 2.5.3; image tags (3.0.3) say 3.0.3. So it is not known what an upgrade would start from, and nothing is guessed. Bring the site to one release first: apply the manifests of the release that its data is of (tutor k8s start) or run its init again (tutor k8s do init -l aspects), then set a new spec.retryToken.");
  }

  @Test
  void dataNewerThanWhatIsDeployedDisagrees() {
    assertThat(
            detect(
                signals(
                    List.of("edunext/aspects-superset:2.0.0"),
                    List.of("v4.0.0"),
                    null,
                    relations("2.4.0"),
                    List.of("0041"))))
        .isInstanceOf(Disagreement.class);
  }

  @Test
  void aManifestNewerThanTheRelationsNamesItsCause() {
    var outcome =
        detect(
            signals(
                List.of("edunext/aspects-superset:4.0.0"),
                List.of("v8.0.0"),
                models("4.0.0"),
                relations("2.4.0"),
                List.of("0041")));

    assertThat(outcome).isInstanceOf(Disagreement.class);
    assertThat(outcome.message())
        .contains("a dbt command of the new release ran before its init")
        .contains("tutor k8s do dbt --only_changed False -c run");
  }

  @Test
  void twoAlembicTablesOfDifferentAgeDisagree() {
    assertThat(detect(signals(List.of(), List.of(), null, Map.of(), List.of("0039", "0041"))))
        .isInstanceOf(Disagreement.class);
  }

  @Test
  void anEmptySiteIsUnknown() {
    assertThat(detect(signals(List.of(), List.of(), null, Map.of(), List.of())).message())
        .startsWith("Nothing on this site tells which Aspects runs there")
        .endsWith("install it instead.");
  }

  private static Signals site(String version) {
    var release = CATALOG.require(Version.of(version));
    return signals(
        List.of(
            CATALOG.imageOf("aspects-superset", release, Version.of("22.0.2")),
            CATALOG.imageOf("aspects", release, Version.of("22.0.2"))),
        List.of("v" + release.dbt()),
        models(version),
        relations(version),
        List.of(release.alembic()));
  }

  private static List<String> byRelations(Map<Relation, Form> there) {
    var outcome = detect(signals(List.of(), List.of(), null, there, List.of()));
    return outcome.readings().get(0).candidates().stream().map(Version::toString).toList();
  }

  private static Set<String> models(String version) {
    return CATALOG.dbtOf(CATALOG.require(Version.of(version))).models().keySet().stream()
        .map(Relation::name)
        .collect(Collectors.toSet());
  }

  private static Map<Relation, Form> relations(String version) {
    return CATALOG.relations(CATALOG.require(Version.of(version)));
  }

  private static Signals signals(
      List<String> images,
      List<String> branches,
      Set<String> manifest,
      Map<Relation, Form> relations,
      List<String> alembic) {
    return new Signals(images, branches, SiteObjects.NONE, manifest, relations, alembic);
  }

  private static Installed detect(Signals signals) {
    return Detection.of(CATALOG, signals);
  }
}
