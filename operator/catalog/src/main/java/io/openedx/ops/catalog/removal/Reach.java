package io.openedx.ops.catalog.removal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what must stay because something stays that needs it. */
final class Reach {
  private final World world;
  private final Ties ties;
  private final Set<TableName> doomed;
  private final Set<TableName> reached = new HashSet<>();
  private final Deque<TableName> queue = new ArrayDeque<>();
  private final Map<TableName, String> causes = new HashMap<>();
  private final Map<TableName, String> needed = new TreeMap<>();

  private Reach(World world, Ties ties, Set<TableName> doomed) {
    this.world = world;
    this.ties = ties;
    this.doomed = doomed;
  }

  /** What of the doomed must stay, each with what needs it and what began it all. */
  static Map<TableName, String> needed(World world, Ties ties, Set<TableName> doomed) {
    var reach = new Reach(world, ties, doomed);
    reach.begin();
    reach.follow();
    return reach.needed;
  }

  private void begin() {
    for (var each : ties.whole()) {
      if (!doomed.contains(each.name())) {
        reached.add(each.name());
        queue.add(each.name());
      }
    }
    for (var outsider : world.outsiders()) {
      ties.known(outsider.uses())
          .forEach(used -> stays(used, outsider.label(), outsider.label() + " reads it"));
    }
  }

  private void follow() {
    while (!queue.isEmpty()) {
      var name = queue.remove();
      var cause = causes.get(name);
      var because = cause == null ? "" : " because of " + cause;
      var begun = cause == null ? name.toString() : cause;
      ties.uses(world.get(name))
          .forEach(
              used ->
                  stays(
                      used,
                      begun,
                      cause == null
                          ? name + " uses it"
                          : "%s uses it, which stays%s".formatted(name, because)));
      ties.feeders(name)
          .forEach(
              feeder ->
                  stays(feeder, begun, "it fills %s, which stays%s".formatted(name, because)));
    }
  }

  private void stays(TableName name, String cause, String why) {
    if (reached.add(name)) {
      queue.add(name);
      causes.put(name, cause);
      needed.put(name, why);
    }
  }
}
