package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The site's objects as far as markers look at them.
 *
 * @param configMaps by their full names, hash included
 */
public record SiteObjects(List<Workload> workloads, Map<String, Map<String, String>> configMaps) {
  /** A Deployment, StatefulSet, DaemonSet or Job. */
  public record Workload(String kind, String name, List<Container> containers) {
    public Workload {
      containers = List.copyOf(containers);
    }
  }

  /** A container, with the names of its environment variables. */
  public record Container(String name, String image, Set<String> environment) {
    public Container {
      environment = Set.copyOf(environment);
    }
  }

  public static final SiteObjects NONE = new SiteObjects(List.of(), Map.of());

  public SiteObjects {
    workloads = List.copyOf(workloads);
    configMaps = Map.copyOf(configMaps);
  }

  boolean show(Marker marker) {
    return switch (marker.look()) {
      case ENV -> container(marker, each -> each.environment().contains(marker.item()));
      case CONTAINER -> container(marker, each -> each.name().equals(marker.item()));
      case TAG -> container(marker, each -> each.image().endsWith(":" + marker.item()));
      case WORKLOAD ->
          workloads.stream()
              .anyMatch(
                  each -> each.name().equals(marker.object()) && each.kind().equals(marker.item()));
      case CONFIG_KEY -> config(marker, text -> true);
      case CONFIG_TEXT -> config(marker, text -> text.contains(String.valueOf(marker.text())));
    };
  }

  /**
   * True when the object that would show the marker is there, so that its absence says something.
   */
  boolean wouldShow(Marker marker) {
    var applies = marker.only() == null || runs(marker.only());
    return applies
        && switch (marker.look()) {
          case ENV, CONTAINER -> named(marker.object());
          // a site may run another image by choice
          case TAG -> false;
          case WORKLOAD -> !workloads.isEmpty();
          case CONFIG_KEY, CONFIG_TEXT ->
              configMaps.keySet().stream().anyMatch(each -> hashed(each, marker.object()));
        };
  }

  private boolean runs(Pipeline pipeline) {
    return workloads.stream()
        .anyMatch(
            each ->
                each.name().equals(pipeline.id()) || each.name().startsWith(pipeline.id() + "-"));
  }

  private boolean named(String name) {
    return workloads.stream().anyMatch(each -> each.name().equals(name));
  }

  private boolean container(Marker marker, Predicate<Container> test) {
    return workloads.stream()
        .filter(each -> each.name().equals(marker.object()))
        .flatMap(each -> each.containers().stream())
        .anyMatch(test);
  }

  private boolean config(Marker marker, Predicate<String> test) {
    return configMaps.entrySet().stream()
        .filter(each -> hashed(each.getKey(), marker.object()))
        .map(each -> each.getValue().get(marker.item()))
        .anyMatch(text -> text != null && test.test(text));
  }

  private static boolean hashed(String full, String name) {
    return full.equals(name)
        || (full.startsWith(name + "-") && full.indexOf('-', name.length() + 1) < 0);
  }
}
