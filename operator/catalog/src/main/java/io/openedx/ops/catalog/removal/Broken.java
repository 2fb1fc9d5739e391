package io.openedx.ops.catalog.removal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which of the site's views break with what goes: those that read it, and those that read them. */
final class Broken {
  private final World world;
  private final Ties ties;
  private final Set<TableName> views;
  private final Map<TableName, Set<TableName>> byUsed = new HashMap<>();

  private Broken(World world, Ties ties, Set<TableName> views) {
    this.world = world;
    this.ties = ties;
    this.views = views;
  }

  /**
   * Among these views.
   *
   * @param views that may break and that nothing needs that stays
   */
  static Broken among(World world, Ties ties, Set<TableName> views) {
    var broken = new Broken(world, ties, views);
    views.forEach(each -> broken.follow(each, each, new HashSet<>()));
    return broken;
  }

  private void follow(TableName begun, TableName view, Set<TableName> seen) {
    for (var used : ties.uses(world.get(view))) {
      byUsed.computeIfAbsent(used, key -> new TreeSet<>()).add(begun);
      if (views.contains(used) && seen.add(used)) {
        follow(begun, used, seen);
      }
    }
  }

  Set<TableName> with(TableName gone) {
    return byUsed.getOrDefault(gone, Set.of());
  }
}
