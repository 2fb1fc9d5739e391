package io.openedx.ops.catalog.removal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the site gave up and breaks with what goes: what reads it, and what reads that. */
final class Broken {
  private final World world;
  private final Ties ties;
  private final Set<TableName> views;
  private final Map<TableName, Set<String>> byUsed = new HashMap<>();

  private Broken(World world, Ties ties, Set<TableName> views) {
    this.world = world;
    this.ties = ties;
    this.views = views;
  }

  /**
   * Among these.
   *
   * @param views that may break and that nothing needs that stays
   */
  static Broken among(World world, Ties ties, Set<TableName> views, Set<Outsider> outsiders) {
    var broken = new Broken(world, ties, views);
    views.forEach(each -> broken.follow(each.toString(), each, new HashSet<>()));
    outsiders.forEach(
        each ->
            broken.follow(String.valueOf(each.handle()), ties.known(each.uses()), new HashSet<>()));
    return broken;
  }

  private void follow(String begun, TableName view, Set<TableName> seen) {
    follow(begun, ties.uses(world.get(view)), seen);
  }

  private void follow(String begun, Set<TableName> uses, Set<TableName> seen) {
    for (var used : uses) {
      byUsed.computeIfAbsent(used, key -> new TreeSet<>()).add(begun);
      if (views.contains(used) && seen.add(used)) {
        follow(begun, used, seen);
      }
    }
  }

  /** Each as a human gave it up. */
  Set<String> with(TableName gone) {
    return byUsed.getOrDefault(gone, Set.of());
  }
}
