package io.openedx.ops.catalog.removal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What uses another goes before it: a table that is dropped while a view still writes into it makes
 * every insert into that view's source fail (code 60).
 *
 * @param circle what uses each other so that none of them can be first, and what those use
 * @param users of each, among those that go
 */
record DropOrder(
    List<TableName> names, Set<TableName> circle, Map<TableName, Set<TableName>> users) {
  static DropOrder of(World world, Ties ties, Set<TableName> doomed) {
    var uses = new HashMap<TableName, Set<TableName>>();
    var users = new TreeMap<TableName, Set<TableName>>();
    doomed.forEach(each -> users.put(each, new TreeSet<>()));
    for (var name : doomed) {
      var used = ties.uses(world.get(name));
      used.retainAll(doomed);
      uses.put(name, used);
      used.forEach(each -> users.getOrDefault(each, new HashSet<>()).add(name));
    }
    var names = order(uses, users);
    var circle = new HashSet<>(doomed);
    names.forEach(circle::remove);
    return new DropOrder(names, circle, users);
  }

  /** By name where several may be next. */
  private static List<TableName> order(
      Map<TableName, Set<TableName>> uses, Map<TableName, Set<TableName>> users) {
    var left = new HashMap<TableName, Integer>();
    users.forEach((name, its) -> left.put(name, its.size()));
    var free = new PriorityQueue<TableName>();
    left.forEach(
        (name, count) -> {
          if (count == 0) {
            free.add(name);
          }
        });
    var names = new ArrayList<TableName>();
    while (!free.isEmpty()) {
      var name = free.remove();
      names.add(name);
      for (var used : uses.getOrDefault(name, Set.of())) {
        if (left.merge(used, -1, Integer::sum) == 0) {
          free.add(used);
        }
      }
    }
    return names;
  }
}
