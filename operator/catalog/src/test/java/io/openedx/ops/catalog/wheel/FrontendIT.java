package io.openedx.ops.catalog.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the published packages put into the mfe image. */
class FrontendIT {
  private static final Catalog CATALOG = CatalogFile.standard();
  private static NavigableMap<Version, Wheel> wheels;

  @BeforeAll
  static void bringThem() {
    wheels = Wheels.of(CATALOG.releases().values());
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
