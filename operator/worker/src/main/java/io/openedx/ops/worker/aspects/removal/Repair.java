package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes again, from their definitions, relations that upstream's macro took though they live. */
final class Repair {
  /** How the server shows a password. */
  private static final String HIDDEN = "[HIDDEN]";

  private final ClickHouse server;

  Repair(ClickHouse server) {
    this.server = server;
  }

  /**
   * What came of it.
   *
   * @param remade from their definitions, without the rows that they had
   * @param missing what has none that could be kept
   */
  record Outcome(List<TableName> remade, List<TableName> missing) {}

  /**
   * As they are now. Those that are gone stay as they were saved before, and one that was made
   * again still had the rows of then.
   */
  List<Saved> save(Collection<TableName> names, List<Saved> before) {
    var saved = new ArrayList<Saved>();
    for (var name : names) {
      var then = before.stream().filter(each -> each.name().equals(name)).findFirst();
      look(name)
          .map(now -> then.map(each -> now.with(Math.max(each.rows(), now.rows()))).orElse(now))
          .or(() -> then)
          .ifPresent(saved::add);
    }
    return saved;
  }

  Outcome run(List<Saved> saved) {
    var remade = new ArrayList<TableName>();
    var missing = new ArrayList<TableName>();
    for (var each : saved.stream().sorted(Comparator.comparing(Saved::place)).toList()) {
      if (look(each.name()).isPresent()) {
        continue;
      }
      if (each.definition().isEmpty()) {
        missing.add(each.name());
      } else {
        server.run(Limits.SERVER, each.definition());
        remade.add(each.name());
      }
    }
    return new Outcome(remade, missing);
  }

  private Optional<Saved> look(TableName name) {
    return server.first(
        Limits.LOOK,
        row ->
            new Saved(
                name,
                row.getString(1),
                keepable(row.getString(1), row.getString(2)),
                row.getLong(3)),
        "SELECT engine, create_table_query, ifNull(total_rows, 0) FROM system.tables WHERE database = ? AND name = ?",
        name.database(),
        name.name());
  }

  /** It goes into a ConfigMap: no password may be in it, and one that is hidden makes nothing. */
  private static String keepable(String engine, String definition) {
    return engine.equals("Dictionary") || definition.contains(HIDDEN) ? "" : definition;
  }
}
