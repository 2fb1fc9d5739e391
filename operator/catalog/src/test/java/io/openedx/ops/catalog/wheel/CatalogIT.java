package io.openedx.ops.catalog.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.AlembicTable;
import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.NavigableMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Computes again from the published packages what a release is, runs and makes. */
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
}
