package io.openedx.ops.catalog.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.AlembicTable;
import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Computes again from the published packages whatever the catalog has from the source W. */
class CatalogIT {
  private static final Catalog CATALOG = CatalogFile.standard();
  private static NavigableMap<Version, Wheel> wheels;

  @BeforeAll
  static void bringThem() {
    wheels = Wheels.of(CATALOG.releases().values());
  }

  @Test
  void whatTheMetadataSays() {
    assertThat(wheels).hasSize(26);
    wheels.forEach(
        (version, wheel) -> {
          var release = CATALOG.require(version);
          assertThat(wheel.metadata("Version")).containsExactly(release.callsItself().toString());
          assertThat(wheel.metadata("Requires-Python")).containsExactly(release.python());
          assertThat(wheel.date()).as(version.toString()).isEqualTo(release.date());
        });
  }

  @Test
  void whatPipRefusesBesideIt() {
    for (var conflict : CATALOG.conflicts()) {
      wheels.forEach(
          (version, wheel) ->
              assertThat(
                      wheel.metadata("Requires-Dist").stream()
                          .anyMatch(each -> each.matches("click.*<8\\.3.*")))
                  .as(version.toString())
                  .isEqualTo(version.isAtLeast(conflict.since())));
    }
  }

  @Test
  void whatItRuns() {
    wheels.forEach(
        (version, wheel) -> {
          var release = CATALOG.require(version);
          assertThat(wheel.setting("DBT_BRANCH")).contains("v" + release.dbt());
          assertThat(wheel.setting("ASPECTS_XAPI_SOURCE").orElse("ralph"))
              .isEqualTo(release.pipeline().id());
          for (var image : CATALOG.images().values()) {
            wheel
                .setting(image.setting())
                .ifPresent(
                    value ->
                        assertThat(
                                value.replace(
                                    "{{ ASPECTS_VERSION }}", release.callsItself().toString()))
                            .isEqualTo(CATALOG.imageOf(image.id(), release, Version.of("1.2.3"))));
          }
          assertThat(base(wheel)).as(version.toString()).containsExactly(release.superset());
          assertThat(
                  Wheel.found(
                      wheel.patch("openedx-dockerfile-post-python-requirements"),
                      "platform-plugin-aspects==v?([0-9.]+)"))
              .contains(release.platformPlugin().toString());
        });
  }

  @Test
  void onlyTheOpenedxImageIsTutors() {
    assertThat(CATALOG.images().values())
        .filteredOn(each -> !wheels.lastEntry().getValue().hasSetting(each.setting()))
        .extracting(each -> each.setting())
        .containsExactly("DOCKER_IMAGE_OPENEDX");
  }

  @Test
  void whatInitDoes() {
    var task = Pattern.compile("\\(\"(\\w+)\", \\([^)]*\"([\\w.-]+)\"\\), (\\d+)\\)");
    var known =
        CATALOG.init().stream()
            .map(each -> each.service() + " " + each.script() + " " + each.priority())
            .toList();
    wheels.forEach(
        (version, wheel) ->
            assertThat(
                    task.matcher(wheel.plugin())
                        .results()
                        .map(each -> each.group(1) + " " + each.group(2) + " " + each.group(3)))
                .as(version.toString())
                .isEqualTo(known));
  }

  @Test
  void whatTheMigrationsMake() {
    wheels.forEach(
        (version, wheel) -> {
          var migrations = Migrations.of(wheel);
          var release = CATALOG.require(version);
          assertThat(migrations.head()).as(version.toString()).isEqualTo(release.alembic());
          assertThat(migrations.tables(wheel))
              .as(version.toString())
              .isEqualTo(
                  CATALOG.alembic().stream()
                      .filter(each -> stands(each, release.alembic()))
                      .map(AlembicTable::relation)
                      .collect(Collectors.toSet()));
        });
  }

  @Test
  void whatTheSinksAreAskedToWrite() {
    wheels
        .tailMap(Version.of("1.2.0"))
        .forEach(
            (version, wheel) ->
                assertThat(
                        wheel.words("EVENT_SINK_MODELS_ENABLED").stream()
                            .map(each -> new Relation(Role.EVENT_SINK, each)))
                    .as(version.toString())
                    .contains(Relation.of("event_sink.course_enrollment"))
                    .allSatisfy(
                        each ->
                            assertThat(CATALOG.alembic())
                                .filteredOn(table -> table.relation().equals(each))
                                .extracting(AlembicTable::writer)
                                .containsExactly(AlembicTable.Writer.SINK)));
  }

  @Test
  void whichDefaultsFlip() {
    var settings = CATALOG.flips().stream().map(Flip::setting).collect(Collectors.toSet());
    for (var setting : settings) {
      var flips =
          CATALOG.flips().stream()
              .filter(each -> each.setting().equals(setting))
              .sorted(Comparator.comparing(Flip::at))
              .toList();
      wheels.forEach(
          (version, wheel) ->
              assertThat(wheel.setting(setting).orElse(null))
                  .as("%s in %s", setting, version)
                  .isIn(expected(flips, version, wheel.hasSetting(setting))));
    }
  }

  /** Null stands for a setting that is not there yet. */
  private static Set<String> expected(List<Flip> flips, Version version, boolean there) {
    var last =
        flips.stream().filter(each -> version.isAtLeast(each.at())).reduce((one, two) -> two);
    var value = last.map(Flip::after).orElse(flips.get(0).before());
    return value == null || !there ? Collections.singleton(null) : Set.of(value);
  }

  @Test
  void everyFlipThatMattersIsKnown() {
    var known = new HashMap<String, Set<Version>>();
    CATALOG
        .flips()
        .forEach(
            each ->
                known.merge(
                    each.setting(),
                    Set.of(each.at()),
                    (one, two) ->
                        Stream.concat(one.stream(), two.stream()).collect(Collectors.toSet())));
    for (var setting :
        List.of(
            "ASPECTS_XAPI_SOURCE",
            "RALPH_DATABASE",
            "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE",
            "RUN_RALPH",
            "RUN_VECTOR",
            "ASPECTS_VECTOR_DATABASE",
            "ASPECTS_EVENT_SINK_DATABASE",
            "DBT_PROFILE_TARGET_DATABASE",
            "ASPECTS_RAW_XAPI_TABLE",
            "ASPECTS_ENABLE_PII",
            "DBT_REPOSITORY",
            "ASPECTS_DATA_TTL_EXPRESSION")) {
      Optional<String> before = Optional.empty();
      for (var version : wheels.keySet()) {
        var value = wheels.get(version).setting(setting);
        if (!version.equals(wheels.firstKey()) && !value.equals(before)) {
          assertThat(known.getOrDefault(setting, Set.of()))
              .as("%s flips at %s: %s -> %s", setting, version, before, value)
              .contains(version);
        }
        before = value;
      }
    }
  }

  @Test
  void fromWhenOnInitEmptiesPiiTables() {
    var pii = CATALOG.pii();
    wheels.forEach(
        (version, wheel) -> {
          assertThat(wheel.setting(pii.setting())).contains("false");
          assertThat(wheel.words("EVENT_SINK_PII_MODELS"))
              .isEqualTo(pii.tables().stream().map(Relation::name).toList());
          assertThat(wheel.with("/init-clickhouse.sh").anyMatch(each -> each.contains("TRUNCATE")))
              .as(version.toString())
              .isEqualTo(version.isAtLeast(pii.since()));
        });
  }

  @Test
  void whatIsPutIntoTheMfeImage() {
    wheels.forEach(
        (version, wheel) -> {
          assertThat(wheel.hasSetting("ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS"))
              .as(version.toString())
              .isEqualTo(version.isAtLeast(rule("in-context")));
          assertThat(wheel.plugin().contains("@openedx/frontend-app-aspects"))
              .as(version.toString())
              .isEqualTo(version.isAtLeast(rule("frontend-app")));
        });
  }

  @Test
  void whichReleasesDoNotPinTheirFrontendPlugin() {
    var install = Pattern.compile("npm install .*frontend-plugin-aspects(\\S*)");
    wheels
        .tailMap(rule("in-context"))
        .forEach(
            (version, wheel) ->
                assertThat(
                        install
                            .matcher(wheel.patch("mfe-dockerfile-post-npm-install-authoring"))
                            .results()
                            .allMatch(each -> each.group(1).startsWith("#v")))
                    .as(version.toString())
                    .isEqualTo(
                        CATALOG.advice().stream()
                            .filter(each -> each.id().equals("frontend-plugin"))
                            .noneMatch(each -> each.isFor(version))));
  }

  @Test
  void sixIsFiveOneWithAnotherRangeOfTheFrontend() {
    assertThat(range("5.0.0")).startsWith("^2");
    assertThat(range("5.1.0")).startsWith("^1");
    assertThat(range("6.0.0")).startsWith("^2");
    assertThat(range("6.1.0")).startsWith("^2");
    var one = program("5.1.0");
    var two = program("6.0.0");
    one.entrySet().removeAll(program("6.0.0").entrySet());
    two.entrySet().removeAll(program("5.1.0").entrySet());
    assertThat(one).containsOnlyKeys("tutoraspects/plugin.py");
    assertThat(two).containsOnlyKeys("tutoraspects/plugin.py");
  }

  @Test
  void whatRenderedObjectsShow() {
    for (var marker : CATALOG.markers()) {
      wheels.forEach(
          (version, wheel) ->
              assertThat(shows(wheel, marker))
                  .as("%s in %s", marker.id(), version)
                  .isEqualTo(version.isAtLeast(marker.since())));
    }
  }

  private static boolean shows(Wheel wheel, Marker marker) {
    var manifests = wheel.patch("k8s-deployments") + wheel.patch("k8s-jobs");
    return switch (marker.look()) {
      case ENV -> manifests.contains("- name: " + marker.item());
      case CONTAINER -> manifests.contains("- name: " + marker.item() + "\n");
      case WORKLOAD ->
          Pattern.compile(
                  "kind: %s\\s+metadata:\\s+name: %s\\s".formatted(marker.item(), marker.object()))
              .matcher(manifests)
              .find();
      case TAG -> wheel.setting("DOCKER_IMAGE_RALPH").orElseThrow().endsWith(":" + marker.item());
      case CONFIG_KEY -> wheel.with("/" + marker.item()).findAny().isPresent();
      case CONFIG_TEXT -> {
        var text = Objects.requireNonNull(marker.text());
        yield marker.item().equals("production.py")
            ? wheel.patch("openedx-common-settings").contains(text)
            : wheel.with("/" + marker.item()).anyMatch(each -> each.contains(text));
      }
    };
  }

  private static Set<String> base(Wheel wheel) {
    return wheel
        .with("/aspects-superset/Dockerfile")
        .flatMap(each -> Pattern.compile("apache/superset:([0-9.]+)").matcher(each).results())
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  private static boolean stands(AlembicTable table, String head) {
    var gone = table.gone();
    return table.from().compareTo(head) <= 0 && (gone == null || gone.compareTo(head) > 0);
  }

  private static Version rule(String id) {
    return CATALOG.mfe().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow()
        .since();
  }

  private static String range(String version) {
    return Wheel.found(
            wheels.get(Version.of(version)).plugin(),
            "\"npm_package\": \"@openedx/frontend-app-aspects\",\\s*\"npm_version\": \"([^\"]+)\"")
        .orElse("none");
  }

  private static Map<String, String> program(String version) {
    var files = new HashMap<>(wheels.get(Version.of(version)).files());
    files.keySet().removeIf(each -> each.contains(".dist-info/") || each.endsWith("__about__.py"));
    return files;
  }
}
