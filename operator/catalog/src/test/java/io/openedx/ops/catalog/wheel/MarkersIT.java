package io.openedx.ops.catalog.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What rendered objects show, told from the templates in the published packages. */
class MarkersIT {
  private static final Catalog CATALOG = CatalogFile.standard();
  private static NavigableMap<Version, Wheel> wheels;

  @BeforeAll
  static void bringThem() {
    wheels = Wheels.of(CATALOG.releases().values());
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
}
