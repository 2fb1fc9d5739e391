package io.openedx.ops.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The models of one aspects-dbt release.
 *
 * @param models everything it builds
 * @param rebuild materialized views whose SQL it changed in place: a plain run leaves their rows as
 *     they were
 * @param documented what upstream's own page says to rebuild when this release arrives; no more
 *     than that: its list may lack models that {@code rebuild} has
 * @param deprecated what its macro remove_deprecated_models drops, in its order
 */
public record DbtRelease(
    Version version,
    Map<Relation, Kind> models,
    Map<String, Change> rebuild,
    List<String> documented,
    List<Drop> deprecated,
    String source) {
  public DbtRelease {
    models = Collections.unmodifiableMap(new TreeMap<>(models));
    rebuild = Collections.unmodifiableMap(new TreeMap<>(rebuild));
    documented = List.copyOf(documented);
    deprecated = List.copyOf(deprecated);
  }

  /** Its models as the server has them, with what feeds them. */
  public Map<Relation, Form> relations() {
    var all = new TreeMap<Relation, Form>();
    models.forEach((model, kind) -> all.putAll(kind.relations(model)));
    return all;
  }

  /** The name is unique over all databases, as dbt demands. */
  public boolean builds(String model) {
    return models.keySet().stream().anyMatch(each -> each.name().equals(model));
  }
}
