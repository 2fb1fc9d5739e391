package io.openedx.ops.worker.aspects.superset;

import io.openedx.ops.catalog.removal.Outsider;
import io.openedx.ops.catalog.removal.References;
import io.openedx.ops.catalog.removal.TableName;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What charts of Superset read.
 *
 * @param schema empty where Superset takes that of its connection
 * @param sql empty where it is a relation as it is
 * @param database of its connection; empty where that names none
 * @param charts how many read it
 */
public record Dataset(String name, String schema, String sql, String database, int charts) {
  private static final String HANDLE = "dataset:";

  /** Relations of these databases that it names, there or not. */
  public Set<TableName> names(Collection<String> databases) {
    if (sql.isBlank()) {
      var place = schema.isEmpty() ? database : schema;
      return place.isEmpty() ? Set.of() : Set.of(new TableName(place, name));
    }
    var names = new TreeSet<TableName>();
    var place =
        Pattern.compile(
            "(?<![\\w.`\"])[`\"]?(%s)[`\"]?\\s*\\.\\s*[`\"]?(\\w+)"
                .formatted(
                    databases.stream().map(Pattern::quote).collect(Collectors.joining("|"))));
    var found = place.matcher(sql);
    while (found.find()) {
      names.add(new TableName(found.group(1), found.group(2)));
    }
    return names;
  }

  /** As one who reads what is there, and whom a human may give up. */
  public Outsider reader(References references) {
    return new Outsider(
        "Superset's dataset %s (%s)".formatted(this, told()), uses(references), HANDLE + this);
  }

  /** In doubt a name without a database is one of either. */
  private Set<TableName> uses(References references) {
    var own = Stream.of(schema, database).filter(each -> !each.isEmpty()).distinct().toList();
    return sql.isBlank()
        ? references.named(own.subList(0, Math.min(1, own.size())), name)
        : references.inQuery(own, sql);
  }

  private String told() {
    return charts == 0 ? "no chart" : charts == 1 ? "1 chart" : charts + " charts";
  }

  /** As Superset shows it. */
  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
