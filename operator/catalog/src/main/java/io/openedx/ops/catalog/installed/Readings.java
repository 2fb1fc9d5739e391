package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns signals into readings, the most telling first. */
final class Readings {
  /** A tag of a site's own may go on after the version: {@code 3.0.3-a1b2c3}. */
  private static final Pattern TAG =
      Pattern.compile("(?:.*/)?([^/:@]+):v?(\\d+\\.\\d+\\.\\d+)(?:[-_+].*)?(?:@.*)?");

  private static final Pattern BRANCH = Pattern.compile("v(\\d+\\.\\d+\\.\\d+)");

  private final Catalog catalog;
  private final Signals signals;
  private final List<Reading> found = new ArrayList<>();

  private Readings(Catalog catalog, Signals signals) {
    this.catalog = catalog;
    this.signals = signals;
  }

  static List<Reading> of(Catalog catalog, Signals signals) {
    var readings = new Readings(catalog, signals);
    readings.images();
    readings.rendered();
    readings.branches();
    readings.manifest();
    readings.relations();
    readings.alembic();
    return List.copyOf(readings.found);
  }

  private void images() {
    var versions = new TreeSet<Version>();
    signals.images().forEach(image -> tagged(image).ifPresent(versions::add));
    versions.forEach(
        version -> add(Signal.IMAGE, version.toString(), each -> each.version().equals(version)));
  }

  /** Other images have tags of their own: Superset 6.1.0 is not Aspects 6.1.0. */
  private Optional<Version> tagged(String image) {
    var matcher = TAG.matcher(image);
    return matcher.matches() && ours().contains(matcher.group(1))
        ? Version.parse(matcher.group(2))
        : Optional.empty();
  }

  private Set<String> ours() {
    return catalog.images().values().stream()
        .filter(each -> each.tag().equals("{version}"))
        .map(each -> each.name().substring(each.name().lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  private void rendered() {
    var objects = signals.objects();
    var shown = catalog.markers().stream().filter(objects::show).toList();
    var missing =
        catalog.markers().stream()
            .filter(objects::wouldShow)
            .filter(each -> !shown.contains(each))
            .toList();
    if (shown.isEmpty() && missing.isEmpty()) {
      return;
    }
    var what =
        shown.isEmpty()
            ? "without " + missing.get(0).id()
            : "with " + shown.stream().map(Marker::id).collect(Collectors.joining(", "));
    add(
        Signal.RENDERED,
        what,
        each ->
            shown.stream().allMatch(marker -> each.version().isAtLeast(marker.since()))
                && missing.stream().allMatch(marker -> each.version().isBefore(marker.since())));
  }

  private void branches() {
    for (var branch : new TreeSet<>(signals.dbtBranches())) {
      var matcher = BRANCH.matcher(branch);
      if (matcher.matches()) {
        var dbt = Version.of(matcher.group(1));
        add(Signal.DBT_BRANCH, branch, each -> each.dbt().equals(dbt));
      }
    }
  }

  private void manifest() {
    var names = signals.manifestModels();
    if (names != null) {
      add(
          Signal.DBT_STATE,
          names.size() + " models",
          each -> modelNames(catalog.dbtOf(each)).equals(names));
    }
  }

  private static Set<String> modelNames(DbtRelease dbt) {
    return dbt.models().keySet().stream().map(each -> each.name()).collect(Collectors.toSet());
  }

  /**
   * Upgrades leave old relations behind, so only what is there counts: a release fits when all its
   * models are there and no newer one that also fits has a model that it lacks.
   */
  private void relations() {
    var there = signals.relations().entrySet();
    var fits =
        catalog.dbt().values().stream()
            .filter(each -> there.containsAll(each.relations().entrySet()))
            .toList();
    var dbt =
        fits.stream()
            .filter(
                each ->
                    fits.stream()
                        .filter(other -> each.version().isBefore(other.version()))
                        .allMatch(
                            newer ->
                                each.relations()
                                    .entrySet()
                                    .containsAll(newer.relations().entrySet())))
            .map(DbtRelease::version)
            .collect(Collectors.toSet());
    add(Signal.RELATIONS, there.size() + " relations", each -> dbt.contains(each.dbt()));
  }

  private void alembic() {
    for (var revision : new TreeSet<>(signals.alembicRevisions())) {
      add(Signal.ALEMBIC, revision, each -> each.alembic().equals(revision));
    }
  }

  private void add(Signal signal, String what, Predicate<Release> fits) {
    NavigableSet<Version> candidates =
        catalog.releases().values().stream()
            .filter(fits)
            .map(Release::version)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!candidates.isEmpty()) {
      found.add(new Reading(signal, what, candidates));
    }
  }
}
