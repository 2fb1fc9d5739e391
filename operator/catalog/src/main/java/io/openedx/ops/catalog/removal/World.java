package io.openedx.ops.catalog.removal;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that one server holds.
 *
 * @param detached names that the server knows and does not show: it says nothing about what they
 *     read
 * @param guardBytes the server drops no table larger than this unless told so; 0 sets no bound
 * @param cluster where statements must run on all servers; empty for a single one
 */
public record World(
    NavigableMap<TableName, LiveRelation> relations,
    Set<TableName> detached,
    List<Outsider> outsiders,
    long guardBytes,
    String cluster) {
  public World {
    relations = Collections.unmodifiableNavigableMap(new TreeMap<>(relations));
    detached = Set.copyOf(detached);
    outsiders = List.copyOf(outsiders);
  }

  /** Of these relations. */
  public static World of(
      Collection<LiveRelation> relations,
      Set<TableName> detached,
      List<Outsider> outsiders,
      long guardBytes,
      String cluster) {
    var all = new TreeMap<TableName, LiveRelation>();
    relations.forEach(each -> all.put(each.name(), each));
    return new World(all, detached, outsiders, guardBytes, cluster);
  }

  /** As if these had been built anew and read nothing of what is there. */
  World rebuilt(Set<TableName> names) {
    return of(
        relations.values().stream()
            .map(each -> names.contains(each.name()) ? each.rebuilt() : each)
            .toList(),
        detached,
        outsiders,
        guardBytes,
        cluster);
  }

  boolean has(TableName name) {
    return relations.containsKey(name);
  }

  /** One that is there. */
  public LiveRelation get(TableName name) {
    return Objects.requireNonNull(relations.get(name), name.toString());
  }
}
