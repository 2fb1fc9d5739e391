package io.openedx.ops.catalog.file;

import static io.openedx.ops.catalog.file.DbtEntry.some;

import io.openedx.ops.catalog.Change;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Drop;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds the differences up, from release to release. */
final class Models {
  private final Map<Relation, Kind> models = new HashMap<>();
  private final List<Drop> drops = new ArrayList<>();

  private Models() {}

  static List<DbtRelease> follow(List<DbtEntry> entries) {
    var models = new Models();
    return entries.stream()
        .sorted(Comparator.comparing(DbtEntry::version))
        .map(models::next)
        .toList();
  }

  private DbtRelease next(DbtEntry entry) {
    some(entry.removes()).forEach(models::remove);
    if (entry.adds() != null) {
      entry
          .adds()
          .forEach(
              (role, kinds) ->
                  kinds.forEach(
                      (kind, names) ->
                          names.forEach(name -> models.put(new Relation(role, name), kind))));
    }
    some(entry.dropsNoMore()).forEach(each -> drops.remove(Drop.of(each)));
    some(entry.drops()).forEach(each -> drops.add(Drop.of(each)));
    return new DbtRelease(
        entry.version(), models, changes(entry), some(entry.documented()), drops, entry.source());
  }

  private static Map<String, Change> changes(DbtEntry entry) {
    var changes = new HashMap<String, Change>();
    var changed = entry.changed();
    if (changed != null) {
      some(changed.values()).forEach(each -> changes.put(each, Change.VALUES));
      some(changed.wording()).forEach(each -> changes.put(each, Change.WORDING));
    }
    return changes;
  }
}
