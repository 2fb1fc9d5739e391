package io.openedx.ops.catalog.hop;

import io.openedx.ops.catalog.Change;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Version;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A model to build anew with {@code --full-refresh}, because a plain run leaves its rows as the old
 * SQL wrote them.
 *
 * @param dbt the newest crossed aspects-dbt release that asks for it
 * @param documented upstream's page names it too
 */
public record Rebuild(String model, Version dbt, boolean documented) {
  /** For {@code dbt run --select}: the model and everything that reads it. */
  public String selector() {
    return model + "+";
  }

  /**
   * A model that the new release does not build any more is left out; so is one that no release up
   * to the old one built, since init makes it with the new SQL. What upstream's page names stays:
   * it may be new and yet have been filled from a model that is wrong still.
   */
  static List<Rebuild> all(
      Version from,
      DbtRelease target,
      NavigableMap<Version, DbtRelease> known,
      NavigableMap<Version, DbtRelease> crossed) {
    var found = new TreeMap<String, Rebuild>();
    for (var release : crossed.values()) {
      release
          .rebuild()
          .forEach(
              (model, change) -> {
                if (change == Change.VALUES) {
                  add(found, model, release.version(), false);
                }
              });
      release.documented().forEach(model -> add(found, model, release.version(), true));
    }
    var before = known.headMap(from, true).values();
    return found.values().stream()
        .filter(each -> target.builds(each.model))
        .filter(
            each -> each.documented || before.stream().anyMatch(older -> older.builds(each.model)))
        .toList();
  }

  private static void add(
      TreeMap<String, Rebuild> found, String model, Version dbt, boolean documented) {
    found.merge(
        model,
        new Rebuild(model, dbt, documented),
        (old, newer) -> new Rebuild(model, dbt, old.documented || documented));
  }
}
