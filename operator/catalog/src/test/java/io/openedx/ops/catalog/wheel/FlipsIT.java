package io.openedx.ops.catalog.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Defaults that change from one published package to the next. */
class FlipsIT {
  private static final Catalog CATALOG = CatalogFile.standard();
  private static NavigableMap<Version, Wheel> wheels;

  @BeforeAll
  static void bringThem() {
    wheels = Wheels.of(CATALOG.releases().values());
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
}
