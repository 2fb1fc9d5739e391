package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What may be dropped at a release: upstream's list, and what older releases built and their lists
 * forgot.
 */
final class Candidates {
  private final Catalog catalog;
  private final Release release;

  private Candidates(Catalog catalog, Release release) {
    this.catalog = catalog;
    this.release = release;
  }

  static SortedMap<TableName, Candidate> of(Catalog catalog, Release release, Databases databases) {
    return new Candidates(catalog, release).on(databases);
  }

  private SortedMap<TableName, Candidate> on(Databases databases) {
    var listed = listed();
    var forms = forms();
    var stays = catalog.relations(release).keySet();
    var all = new TreeMap<TableName, Candidate>();
    forms.forEach(
        (relation, known) -> {
          if (listed.contains(relation) || !stays.contains(relation)) {
            var name = databases.of(relation);
            all.merge(
                name,
                new Candidate(name, relation, known, listed.contains(relation)),
                (one, other) -> one.listed() ? one : other);
          }
        });
    return all;
  }

  private Set<Relation> listed() {
    return catalog.dbtOf(release).deprecated().stream()
        .flatMap(drop -> drop.relations().stream())
        .collect(Collectors.toSet());
  }

  /** Of everything that upstream's list names or that dbt has ever built up to this release. */
  private Map<Relation, Set<Form>> forms() {
    var all = new HashMap<Relation, Set<Form>>();
    catalog
        .dbtOf(release)
        .deprecated()
        .forEach(drop -> add(all, drop.kind().relations(drop.relation())));
    built().forEach(each -> add(all, each.relations()));
    catalog.alembic().forEach(each -> add(all, Map.of(each.relation(), Form.TABLE)));
    return all;
  }

  private Collection<DbtRelease> built() {
    return catalog.dbt().headMap(release.dbt(), true).values();
  }

  private static void add(Map<Relation, Set<Form>> all, Map<Relation, Form> more) {
    more.forEach(
        (relation, form) ->
            all.computeIfAbsent(relation, key -> EnumSet.noneOf(Form.class)).add(form));
  }
}
