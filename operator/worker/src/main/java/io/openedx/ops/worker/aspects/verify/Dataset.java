package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.removal.TableName;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a chart of Superset reads.
 *
 * @param schema empty where Superset takes that of its connection
 * @param sql empty where it is a relation as it is
 */
record Dataset(String name, String schema, String sql) {
  private static final Pattern INCLUDE = Pattern.compile("\\{%-?\\s*include\\b");

  /** Relations of these databases that it names. */
  Set<TableName> reads(Collection<String> databases) {
    if (sql.isBlank()) {
      return schema.isEmpty() ? Set.of() : Set.of(new TableName(schema, name));
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

  /** Its SQL is in files that only Superset's image has. */
  boolean elsewhere() {
    return INCLUDE.matcher(sql).find();
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
