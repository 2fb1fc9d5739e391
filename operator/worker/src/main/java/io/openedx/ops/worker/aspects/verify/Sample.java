package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.rows.StoredTable;

/** Conditions that choose rows of a table that a view reads. */
record Sample(ClickHouse server, StoredTable source) {
  /** Of all its rows, so many. */
  private static final long ROWS = 5_000;

  private static final int NEWEST = 200;

  /** The newest ones; empty where nothing says when they happened. */
  String newest() {
    return source.time().isEmpty() || source.rows() == 0
        ? ""
        : server.one(
            Limits.COUNT,
            row ->
                "toUnixTimestamp(%s) >= %d".formatted(Names.quoted(source.time()), row.getLong(1)),
            "SELECT toInt64(min(second)) FROM (SELECT toUnixTimestamp(%1$s) AS second FROM %2$s ORDER BY %1$s DESC LIMIT %3$d)"
                .formatted(Names.quoted(source.time()), source.name().quoted(), NEWEST));
  }

  /** Some of all. */
  String some() {
    var share = (source.rows() + ROWS - 1) / ROWS;
    return source.key().isEmpty() || share <= 1
        ? "1"
        : "cityHash64(toString(tuple(%s))) %% %d = 0".formatted(source.key(), share);
  }
}
