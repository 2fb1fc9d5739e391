package io.openedx.ops.catalog.removal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a human gives up for what it reads.
 *
 * @param views that may break
 * @param outsiders that may break
 * @param idle what was asked for and means nothing, each as a sentence for humans
 */
record GivenUp(Set<TableName> views, Set<Outsider> outsiders, List<String> idle) {
  /**
   * Found among what is there.
   *
   * @param texts views as {@link TableName} is told, outsiders by their handles
   * @param breakable what may be given up at all
   */
  static GivenUp of(World world, Set<String> texts, Predicate<LiveRelation> breakable) {
    var views = new HashSet<TableName>();
    var outsiders = new HashSet<Outsider>();
    var idle = new ArrayList<String>();
    for (var text : new TreeSet<>(texts)) {
      var relations =
          world.relations().values().stream()
              .filter(each -> each.name().toString().equals(text))
              .toList();
      var others = world.outsiders().stream().filter(each -> text.equals(each.handle())).toList();
      outsiders.addAll(others);
      // A dot may stand in a database's name too.
      if (relations.size() == 1 && breakable.test(relations.get(0))) {
        views.add(relations.get(0).name());
      } else if (others.isEmpty()) {
        idle.add(text + " " + why(relations));
      }
    }
    return new GivenUp(views, outsiders, idle);
  }

  private static String why(List<LiveRelation> relations) {
    return switch (relations.size()) {
      case 0 ->
          "is neither a relation of this server nor a dataset of Superset. A view is written database.name, a dataset dataset: and its name as Superset shows it, with its schema before it if it has one";
      case 1 ->
          "is %s and no plain view of the site's own, so it cannot be given up"
              .formatted(relations.get(0).engine());
      default ->
          "may be any of %d relations, as dots stand in their names".formatted(relations.size());
    };
  }
}
