package io.openedx.ops.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile.Read;
import io.openedx.ops.catalog.file.CatalogFile.Unsound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogFileTest {
  @Test
  void theProjectsOwnIsSound() {
    var outcome = CatalogFile.read(CatalogFile.own());

    assertThat(outcome)
        .as(outcome instanceof Unsound unsound ? unsound.message() : "read")
        .isInstanceOf(Read.class);
    assertThat(CatalogFile.standard().releases()).hasSize(30);
  }

  @Test
  void everySourceIsUsed() {
    var own = CatalogFile.own();
    var cited =
        own.findValuesAsText("source").stream()
            .flatMap(each -> Stream.of(each.split("; ")))
            .map(each -> each.replaceFirst("[ ,].*", ""));

    assertThat(cited.collect(Collectors.toSet()))
        .isEqualTo(CatalogFile.standard().sources().keySet());
  }

  @Test
  void anOverrideOfNothingChangesNothing() {
    assertThat(laid("{}")).isEqualTo(CatalogFile.standard());
  }

  @Test
  void anOverrideMayBringANewRelease() {
    var catalog =
        laid(
            """
            sources:
              OURS: {recomputed: false, what: our own reading of the release notes}
            releases:
              7.0.0:
                {date: "2026-12-24", tutor: [23], dbt: 9.0.0, clickhouse: "26.3", superset: "6.2.0", ralph: "5.0.1",
                vector: 0.55.0-alpine, alembic: "0042", platformPlugin: 2.1.0, python: ">=3.12", pipeline: vector, source: OURS}
            dbt:
              9.0.0:
                source: OURS
                adds: {reporting: {mv: [fact_new]}}
                removes: [reporting.fact_enrollments]
                changed: {values: [problem_events]}
                drops: [view reporting.fact_enrollments]
            """);

    assertThat(catalog.newestFor(23).orElseThrow().version()).hasToString("7.0.0");
    assertThat(catalog.dbtOf(catalog.require(Version.of("7.0.0"))).models())
        .hasSize(41)
        .containsEntry(Relation.of("reporting.fact_new"), Kind.MATERIALIZED_VIEW)
        .doesNotContainKey(Relation.of("reporting.fact_enrollments"));
    assertThat(catalog.releases()).hasSize(31);
  }

  @Test
  void anOverrideMayChangeOneValueAndRemoveAnEntry() {
    var catalog =
        laid(
            """
            releases:
              6.1.0: {tutor: [22, 23]}
            instructions:
              pii: null
            """);

    assertThat(catalog.newestFor(22).orElseThrow().version()).hasToString("6.1.0");
    assertThat(catalog.require(Version.of("6.1.0")).superset()).isEqualTo("6.1.0");
    assertThat(catalog.instructions()).noneMatch(each -> each.id().equals("pii"));
  }

  @Test
  void aWrongValueIsNamedWithPlaceAndRemedy() {
    assertThat(
            problems(
                """
                releases:
                  5.1.0: {dbt: v8.0.0, tutor: ["22"], alembic: 41, pipeline: kafka, tagOnly: "no"}
                """))
        .containsExactlyInAnyOrder(
            "releases/5.1.0/dbt: \"v8.0.0\" cannot be. Write a version as three numbers in quotes, as in \"3.0.3\".",
            "releases/5.1.0/tutor/0: \"22\" cannot be. Write a major of Tutor as a number, as in 22.",
            "releases/5.1.0/alembic: 41 cannot be. Write a revision as four digits in quotes, as in \"0041\".",
            "releases/5.1.0/pipeline: \"kafka\" cannot be. Write ralph or vector.",
            "releases/5.1.0/tagOnly: \"no\" cannot be. Write true or false, without quotes.");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(problems("releases: {6.2.0: {date: \"2026-12-01\", tutor: [23]}}"))
        .hasSize(10)
        .contains(
            "releases/6.2.0: dbt is missing. A release needs date, tutor, dbt, clickhouse, superset, ralph, vector, alembic, platformPlugin, python, pipeline and source.");
  }

  @Test
  void aKeyThatIsNotKnownIsNamed() {
    assertThat(problems("releases: {5.1.0: {tutors: [22]}}"))
        .containsExactly(
            "releases/5.1.0: tutors is no key that is known here. A release needs date, tutor, dbt, clickhouse, superset, ralph, vector, alembic, platformPlugin, python, pipeline and source.");
    assertThat(problems("release: {}"))
        .containsExactly(
            "release is no key that is known here. A catalog is a mapping with the keys listed here; an override needs only those that it changes.");
    assertThat(problems("releases: {v5.1.0: null, 7.0: {date: \"2026-12-01\"}}"))
        .anyMatch(each -> each.startsWith("releases: the key 7.0 cannot be. Write a version"));
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamed() {
    assertThat(
            problems(
                """
                releases:
                  5.0.0: {prefer: 5.2.0, dbt: 8.2.0, tutor: [30], source: GUESS 5.0.0}
                knownBad:
                  5.1.0: {reason: so, instead: 5.0.9, source: W 5.1.0}
                mfe:
                  in-context: {tutor: 31}
                """))
        .containsExactlyInAnyOrder(
            "releases/5.0.0/dbt: 8.2.0 does not stand in dbt. Add it there, or name one that does.",
            "releases/5.0.0/prefer: 5.2.0 does not stand in releases. Add it there, or name one that does.",
            "releases/5.0.0/tutor: 30 does not stand in tutor. Add it there, or name one that does.",
            "releases/5.0.0/source: GUESS does not stand in sources. Add it there, or name one that does.",
            "knownBad/5.1.0/instead: 5.0.9 does not stand in releases. Add it there, or name one that does.",
            "knownBad/5.1.0: 5.1.0 stands in releases too. Remove it from one of the two.",
            "mfe/in-context/tutor: 31 does not stand in tutor. Add it there, or name one that does.");
  }

  @Test
  void aDifferenceThatDoesNotFitIsNamed() {
    assertThat(
            problems(
                """
                dbt:
                  9.0.0:
                    source: DBT v9.0.0
                    adds: {xapi: {mv: [fact_enrollments]}}
                    removes: [reporting.fact_grades]
                    changed: {values: [fact_none]}
                    dropsNoMore: [view reporting.fact_none]
                """))
        .containsExactlyInAnyOrder(
            "dbt/9.0.0/removes: reporting.fact_grades is no model of the release before. Remove it, or correct its role.",
            "dbt/9.0.0/adds: there is a model fact_enrollments in another database already, and dbt allows a name once. Add the other to removes.",
            "dbt/9.0.0/changed/values: fact_none is no model of this release. Correct the name, or add the model.",
            "dbt/9.0.0/dropsNoMore: view reporting.fact_none was in no list before. Remove it.");
  }

  @Test
  void aFileThatIsNoMappingOrNoYamlSaysWhere() {
    assertThat(problems("")).containsExactly(NO_MAPPING);
    assertThat(problems("- 5.1.0")).containsExactly(NO_MAPPING);
    assertThat(problems("releases: {5.1.0: ")).singleElement().asString().contains("in line 1,");
    assertThat(problems("releases: {}\nreleases: {}"))
        .singleElement()
        .asString()
        .startsWith("It is no YAML: Duplicate field 'releases' in line 2,");
  }

  @Test
  void aCatalogOfAnotherFormIsRefused() {
    assertThat(problems("catalog: 2"))
        .containsExactly(
            "catalog: 2 cannot be. This program reads catalogs of form 1; write catalog: 1.");
  }

  @Test
  void theMessageSaysThatNothingWasPlanned() {
    assertThat(CatalogFile.with("catalog: 2"))
        .isInstanceOfSatisfying(
            Unsound.class,
            unsound ->
                assertThat(unsound.message())
                    .startsWith("The site's catalog cannot be used, so nothing was planned. cat"));
  }

  @Test
  void ofManyProblemsTheMessageHasTheFirst() {
    assertThat(CatalogFile.with("releases: {6.2.0: {date: \"2026-12-01\", tutor: [23]}}"))
        .isInstanceOfSatisfying(
            Unsound.class, unsound -> assertThat(unsound.message()).endsWith(" And 5 more."));
  }

  @Test
  void theExampleOfTheReadmeIsSound() throws IOException {
    var readme = Files.readString(Path.of("README.md"));
    var example = readme.substring(readme.indexOf("    sources:"));

    assertThat(laid(example.substring(0, example.indexOf("```"))).newestFor(23))
        .hasValueSatisfying(each -> assertThat(each.version()).hasToString("6.2.0"));
  }

  private static final String NO_MAPPING =
      "It holds no mapping. Write keys of the catalog, as in releases:.";

  private static Catalog laid(String override) {
    var outcome = CatalogFile.with(override);
    assertThat(outcome)
        .as(outcome instanceof Unsound unsound ? unsound.message() : "read")
        .isInstanceOf(Read.class);
    return ((Read) outcome).catalog();
  }

  private static List<String> problems(String override) {
    return CatalogFile.with(override) instanceof Unsound unsound
        ? unsound.problems().stream().map(Problem::toString).toList()
        : List.of();
  }
}
