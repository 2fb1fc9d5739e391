package io.openedx.ops.catalog.removal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what must stay because something stays that needs it. */
final class Reach {
  private final World world;
  private final Ties ties;
  private final Set<TableName> doomed;
  private final GivenUp givenUp;
  private final Set<TableName> reached = new HashSet<>();
  private final Deque<TableName> queue = new ArrayDeque<>();
  private final Map<TableName, Cause> causes = new HashMap<>();
  private final Map<TableName, Need> needed = new TreeMap<>();

  /** What began it all. */
  private record Cause(String label, @Nullable TableName root, @Nullable Outsider outsider) {
    static Cause of(TableName root) {
      return new Cause(root.toString(), root, null);
    }

    static Cause of(Outsider outsider) {
      return new Cause(outsider.label(), null, outsider);
    }
  }

  private Reach(World world, Ties ties, Set<TableName> doomed, GivenUp givenUp) {
    this.world = world;
    this.ties = ties;
    this.doomed = doomed;
    this.givenUp = givenUp;
  }

  /**
   * From all that stays whatever becomes of the doomed.
   *
   * @param givenUp what is not dropped and holds nothing back, as long as nothing needs it that
   *     must not break
   */
  static Reach of(World world, Ties ties, Set<TableName> doomed, GivenUp givenUp) {
    var reach = new Reach(world, ties, doomed, givenUp);
    reach.begin();
    reach.follow();
    return reach;
  }

  /** What of the doomed must stay. */
  Map<TableName, Need> needed() {
    return needed;
  }

  /** What may break and is not needed by what must not. */
  Set<TableName> breaks() {
    return givenUp.views().stream()
        .filter(each -> !reached.contains(each))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void begin() {
    for (var each : ties.whole()) {
      if (!doomed.contains(each.name()) && !givenUp.views().contains(each.name())) {
        reached.add(each.name());
        queue.add(each.name());
      }
    }
    for (var outsider : world.outsiders()) {
      if (!givenUp.outsiders().contains(outsider)) {
        ties.known(outsider.uses())
            .forEach(used -> stays(used, Cause.of(outsider), outsider.label() + " reads it"));
      }
    }
  }

  private void follow() {
    while (!queue.isEmpty()) {
      var name = queue.remove();
      var cause = causes.get(name);
      var because = cause == null ? "" : " because of " + cause.label();
      var begun = cause == null ? Cause.of(name) : cause;
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

  private void stays(TableName name, Cause cause, String why) {
    if (reached.add(name)) {
      queue.add(name);
      causes.put(name, cause);
      if (doomed.contains(name)) {
        needed.put(name, new Need(why, cause.root(), cause.outsider()));
      }
    }
  }
}
