package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Puts the readings together: they narrow each other, or they exclude each other. */
public final class Detection {
  private final List<Reading> readings;

  private Detection(List<Reading> readings) {
    this.readings = readings;
  }

  /** Which release the signals are of. */
  public static Installed of(Catalog catalog, Signals signals) {
    return new Detection(Readings.of(catalog, signals)).outcome();
  }

  private Installed outcome() {
    if (readings.isEmpty()) {
      return new Installed.Unknown(
          "Nothing on this site tells which Aspects runs there: no image of a known name, no rendered object, no relation in ClickHouse, no Alembic revision. So no upgrade can be planned. Check that the resource is in the site's namespace and that ClickHouse holds its databases; if Aspects was never initialised there, install it instead.");
    }
    var all = new TreeSet<>(readings.get(0).candidates());
    for (var reading : readings) {
      all.retainAll(reading.candidates());
    }
    return all.isEmpty() ? excluded() : all.size() == 1 ? found(all.first()) : narrowed(all);
  }

  private Installed found(Version version) {
    var left = new TreeSet<>(readings.get(0).candidates());
    var by = readings.get(0).signal();
    for (var reading : readings) {
      left.retainAll(reading.candidates());
      by = reading.signal();
      if (left.size() == 1) {
        break;
      }
    }
    return new Installed.Found(
        version, by, readings, "Aspects %s is installed: %s.".formatted(version, said()));
  }

  private Installed narrowed(NavigableSet<Version> candidates) {
    return new Installed.Narrowed(
        candidates,
        readings,
        "The site runs one of Aspects %s: %s. Nothing tells them apart, so the upgrade is planned from %s, which asks for the most."
            .formatted(joined(candidates), said(), candidates.first()));
  }

  private Installed excluded() {
    return unfinished()
        .orElseGet(
            () ->
                new Installed.Disagreement(
                    readings,
                    "The signals exclude each other: %s. So it is not known what an upgrade would start from, and nothing is guessed.%s"
                        .formatted(said(), remedy())));
  }

  /** Everything that an upgrade changes later is of an older release, or of the same. */
  private Optional<Installed> unfinished() {
    var inOrder =
        readings.stream().sorted(Comparator.comparingInt(each -> each.signal().stage())).toList();
    for (var earlier : inOrder) {
      for (var later : inOrder) {
        if (earlier.signal().stage() <= later.signal().stage()
            && !earlier.agrees(later)
            && !later.newest().isBefore(earlier.oldest())) {
          return Optional.empty();
        }
      }
    }
    if (inOrder.get(0).signal().stage() > 0) {
      return Optional.empty();
    }
    var reversed = new ArrayList<>(inOrder);
    Collections.reverse(reversed);
    var data = narrowed(reversed, stage -> stage > 0).first();
    var deployed = narrowed(inOrder, stage -> stage == 0).last();
    return Optional.of(
        new Installed.Unfinished(
            data,
            deployed,
            readings,
            "An upgrade was begun here and its init has not come to its end: %s. So the data is of Aspects %s while the manifests are of %s. Ask for %s or newer: the upgrade is then planned from %s and does what is left."
                .formatted(said(), data, deployed, deployed, data)));
  }

  /** What the first of these says, narrowed by those after it that agree. */
  private static NavigableSet<Version> narrowed(List<Reading> order, IntPredicate stages) {
    var left = new TreeSet<Version>();
    for (var reading : order) {
      if (stages.test(reading.signal().stage())) {
        if (left.isEmpty()) {
          left.addAll(reading.candidates());
        } else if (reading.candidates().stream().anyMatch(left::contains)) {
          left.retainAll(reading.candidates());
        }
      }
    }
    return left;
  }

  private String remedy() {
    var state = of(Signal.DBT_STATE);
    var relations = of(Signal.RELATIONS);
    if (state.isPresent()
        && relations.isPresent()
        && relations.get().newest().isBefore(state.get().oldest())) {
      return " The manifest that dbt stored is newer than the relations: a dbt command of the new release ran before its init, which would now skip what it takes for done. Run tutor k8s do dbt --only_changed False -c run with the plugin of that release, then set a new spec.retryToken.";
    }
    return " Bring the site to one release first: apply the manifests of the release that its data is of (tutor k8s start) or run its init again (tutor k8s do init -l aspects), then set a new spec.retryToken.";
  }

  private Optional<Reading> of(Signal signal) {
    return readings.stream().filter(each -> each.signal() == signal).findFirst();
  }

  private String said() {
    return readings.stream().map(Reading::toString).collect(Collectors.joining("; "));
  }

  private static String joined(NavigableSet<Version> versions) {
    return versions.stream().map(Version::toString).collect(Collectors.joining(", "));
  }
}
