package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a materialized view's SQL makes of some rows of its source, as its target would store it:
 * the server evaluates it and writes nothing.
 *
 * @param given columns that the SQL yields, with their types
 * @param stored columns of the target, with their types
 * @param ownDefault columns of the target that fill themselves
 */
record Made(
    Feeder feeder,
    StoredTable source,
    StoredTable target,
    Map<String, String> given,
    Map<String, String> stored,
    List<String> ownDefault) {
  private static final int MOST = 1_000;

  static Made of(ClickHouse server, Feeder feeder, StoredTable source, StoredTable target) {
    var given = new LinkedHashMap<String, String>();
    server.list(
        Limits.LOOK,
        row -> given.put(row.getString(1), row.getString(2)),
        "DESCRIBE TABLE (%s)".formatted(feeder.select()));
    var stored = new LinkedHashMap<String, String>();
    var ownDefault = new ArrayList<String>();
    server.list(
        Limits.LOOK,
        row -> {
          if (!row.getString(3).isEmpty()) {
            ownDefault.add(row.getString(1));
          }
          return stored.put(row.getString(1), row.getString(2));
        },
        "SELECT name, type, default_kind FROM system.columns WHERE database = ? AND table = ? ORDER BY position",
        target.name().database(),
        target.name().name());
    return new Made(feeder, source, target, given, stored, ownDefault);
  }

  /** Columns that are thrown away on their way into the target. */
  List<String> lost() {
    return given.keySet().stream().filter(each -> !stored.containsKey(each)).toList();
  }

  /** Columns that nothing fills. */
  List<String> unfilled() {
    return stored.keySet().stream()
        .filter(each -> !given.containsKey(each) && !ownDefault.contains(each))
        .toList();
  }

  /** Keys that it makes of the source's rows which meet a condition; at most so many. */
  List<String> keys(ClickHouse server, String condition) {
    return of(server, condition)
        .list(
            Limits.COUNT,
            row -> row.getString(1),
            "SELECT DISTINCT toString(cityHash64(toString(tuple(%s)))) FROM (%s) WHERE %s LIMIT %d"
                .formatted(
                    target.key(),
                    rows(),
                    target.ttl().isEmpty()
                        ? "1"
                        : "(%s) > now() + INTERVAL 1 DAY".formatted(target.ttl()),
                    MOST));
  }

  /** Contents by key: of what it makes, hashed over every column. */
  Map<String, String> contents(ClickHouse server, String condition) {
    var contents = new LinkedHashMap<String, String>();
    of(server, condition)
        .list(
            Limits.COUNT,
            row -> contents.put(row.getString(1), row.getString(2)),
            "SELECT toString(cityHash64(toString(tuple(%s)))), toString(cityHash64(toString(tuple(%s)))) FROM (%s) LIMIT %d"
                .formatted(target.key(), both(), rows(), MOST));
    return contents;
  }

  /** Of these keys, the contents that the target has; several where no merge has met them yet. */
  Map<String, List<String>> stored(ClickHouse server, List<String> keys) {
    var contents = new LinkedHashMap<String, List<String>>();
    if (!keys.isEmpty()) {
      server.list(
          Limits.COUNT,
          row ->
              contents
                  .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                  .add(row.getString(2)),
          "SELECT DISTINCT toString(cityHash64(toString(tuple(%1$s))) AS h), toString(cityHash64(toString(tuple(%2$s)))) FROM %3$s WHERE h IN (%4$s)"
              .formatted(target.key(), both(), target.name().quoted(), String.join(", ", keys)));
    }
    return contents;
  }

  private ClickHouse of(ClickHouse server, String condition) {
    return server.filtered(source.name().toString(), condition);
  }

  private String both() {
    return String.join(
        ", ", given.keySet().stream().filter(stored::containsKey).map(Names::quoted).toList());
  }

  /** As an insert converts them. */
  private String rows() {
    var columns = new ArrayList<String>();
    given.forEach(
        (name, type) -> {
          var wanted = stored.get(name);
          if (wanted != null) {
            columns.add("%s AS %s".formatted(converted(name, type, wanted), Names.quoted(name)));
          }
        });
    return "SELECT %s FROM (%s) AS made".formatted(String.join(", ", columns), feeder.select());
  }

  private static String converted(String name, String type, String wanted) {
    var column = "made." + Names.quoted(name);
    if (type.equals(wanted)) {
      return column;
    }
    var there = type.contains("Nullable") && !wanted.contains("Nullable");
    return "CAST(%s, %s)"
        .formatted(there ? "assumeNotNull(%s)".formatted(column) : column, Names.text(wanted));
  }
}
