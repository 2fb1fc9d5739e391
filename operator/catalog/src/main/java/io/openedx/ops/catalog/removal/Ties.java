package io.openedx.ops.catalog.removal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the relations of a world hang together. A table that the server keeps for a view is taken for
 * a part of that view: it comes and goes with it.
 */
final class Ties {
  private static final String INNER = ".inner";

  private final World world;
  private final Map<TableName, TableName> owners = new HashMap<>();
  private final Map<TableName, List<LiveRelation>> parts = new HashMap<>();
  private final Map<TableName, List<TableName>> feeders = new HashMap<>();

  Ties(World world) {
    this.world = world;
    own();
    for (var each : world.relations().values()) {
      var target = each.target() == null ? null : world.relations().get(each.target());
      // Where a view was made in the table's place, nothing can be filled any more.
      if (target != null && !target.view()) {
        feeders.computeIfAbsent(target.name(), key -> new ArrayList<>()).add(each.name());
      }
    }
  }

  /** Named after the view's UUID, in databases of the old kind after the view. */
  private void own() {
    var views = new HashMap<String, TableName>();
    for (var each : world.relations().values()) {
      if (each.engine().endsWith("View")) {
        views.put(each.name().database() + "/" + each.uuid(), each.name());
        views.put(each.name().database() + "/" + each.name().name(), each.name());
      }
    }
    for (var each : world.relations().values()) {
      var name = each.name().name();
      if (name.startsWith(INNER)) {
        var owner = owner(views, each.name().database() + "/", name);
        if (owner != null) {
          owners.put(each.name(), owner);
          parts.computeIfAbsent(owner, key -> new ArrayList<>()).add(each);
        }
      }
    }
  }

  private static @Nullable TableName owner(
      Map<String, TableName> views, String database, String name) {
    var byUuid = views.get(database + name.substring(name.lastIndexOf('.') + 1));
    return byUuid != null || !name.startsWith(INNER + ".")
        ? byUuid
        : views.get(database + name.substring(INNER.length() + 1));
  }

  /** Every relation that is not a part of another one. */
  List<LiveRelation> whole() {
    return world.relations().values().stream()
        .filter(each -> !owners.containsKey(each.name()))
        .toList();
  }

  List<LiveRelation> parts(TableName owner) {
    return parts.getOrDefault(owner, List.of());
  }

  /** What a relation uses of what is there. */
  Set<TableName> uses(LiveRelation relation) {
    var used = known(relation.uses());
    used.remove(relation.name());
    return used;
  }

  /** As far as it is there; a part stands for the whole. */
  Set<TableName> known(Set<TableName> names) {
    var known = new HashSet<TableName>();
    for (var name : names) {
      if (world.has(name)) {
        known.add(Objects.requireNonNullElse(owners.get(name), name));
      }
    }
    return known;
  }

  /** The views that fill a table. */
  List<TableName> feeders(TableName table) {
    return feeders.getOrDefault(table, List.of());
  }
}
