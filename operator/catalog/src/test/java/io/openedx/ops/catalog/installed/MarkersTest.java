package io.openedx.ops.catalog.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.installed.SiteObjects.Container;
import io.openedx.ops.catalog.installed.SiteObjects.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sites whose images have names of their own: only what they render tells their release. */
class MarkersTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void renderedObjectsNarrowToTheReleasesBetweenTwoMarkers() {
    assertThat(candidates("3.0.3", Pipeline.RALPH)).startsWith("1.0.0").endsWith("3.0.3");
    assertThat(candidates("4.0.0", Pipeline.RALPH)).containsExactly("4.0.0");
    assertThat(candidates("5.0.0", Pipeline.VECTOR)).containsExactly("5.0.0");
    assertThat(candidates("5.1.0", Pipeline.RALPH)).containsExactly("5.1.0", "6.0.0");
    assertThat(candidates("6.0.1", Pipeline.VECTOR)).containsExactly("6.0.1");
    assertThat(candidates("6.1.0", Pipeline.RALPH)).containsExactly("6.1.0");
  }

  @Test
  void whatCannotBeSeenSaysNothing() {
    var job = new Workload("Job", "aspects-job", List.of(container("aspects-job", Set.of())));

    assertThat(read(new SiteObjects(List.of(job), Map.of())))
        .as("no ConfigMaps, no superset-worker: only the Job's container and variables count")
        .containsExactly("5.0.0", "5.1.0", "6.0.0", "6.0.1");
  }

  @Test
  void aConfigMapIsKnownByItsNameBeforeTheHash() {
    var other = Map.of("superset-pythonpath-extra-abc", Map.of("known_answers.py", ""));

    assertThat(read(new SiteObjects(List.of(), other))).isEmpty();
  }

  private static List<String> candidates(String version, Pipeline pipeline) {
    return read(render(Version.of(version), pipeline));
  }

  private static List<String> read(SiteObjects objects) {
    var signals = new Signals(List.of(), List.of(), objects, null, Map.of(), List.of());
    return Readings.of(CATALOG, signals).stream()
        .flatMap(each -> each.candidates().stream())
        .map(Version::toString)
        .toList();
  }

  /** A site that shows every marker of its release and none of a newer one. */
  private static SiteObjects render(Version version, Pipeline pipeline) {
    var containers = new HashMap<String, Set<String>>();
    var names = new HashMap<String, String>();
    var configMaps = new HashMap<String, Map<String, String>>();
    var workloads = new ArrayList<Workload>();
    for (var object : List.of("superset-worker", "aspects-job")) {
      containers.put(object, new HashSet<>());
      names.put(object, "aspects");
    }
    for (var object : List.of("openedx-settings-lms", "aspects-scripts", "superset-pythonpath")) {
      configMaps.put(object + "-f8fd45mcgd", new HashMap<>());
    }
    workloads.add(new Workload("Deployment", pipeline.id(), List.of(container("main", Set.of()))));
    for (var marker : CATALOG.markers()) {
      var there =
          version.isAtLeast(marker.since()) && (marker.only() == null || marker.only() == pipeline);
      if (there) {
        show(marker, containers, names, configMaps, workloads);
      }
    }
    containers.forEach(
        (object, variables) ->
            workloads.add(
                new Workload(
                    "Deployment", object, List.of(container(names.get(object), variables)))));
    return new SiteObjects(workloads, configMaps);
  }

  private static void show(
      Marker marker,
      Map<String, Set<String>> containers,
      Map<String, String> names,
      Map<String, Map<String, String>> configMaps,
      List<Workload> workloads) {
    switch (marker.look()) {
      case ENV -> containers.get(marker.object()).add(marker.item());
      case CONTAINER -> names.put(marker.object(), marker.item());
      case WORKLOAD -> workloads.add(new Workload(marker.item(), marker.object(), List.of()));
      case TAG ->
          workloads.add(
              new Workload(
                  "Deployment",
                  marker.object(),
                  List.of(new Container("main", "own/ralph:" + marker.item(), Set.of()))));
      case CONFIG_KEY -> configMap(marker, configMaps).put(marker.item(), "");
      case CONFIG_TEXT ->
          configMap(marker, configMaps).put(marker.item(), "before " + marker.text() + " after");
    }
  }

  private static Map<String, String> configMap(
      Marker marker, Map<String, Map<String, String>> configMaps) {
    return configMaps.get(marker.object() + "-f8fd45mcgd");
  }

  private static Container container(String name, Set<String> variables) {
    return new Container(name, "registry.example/site:1", variables);
  }
}
