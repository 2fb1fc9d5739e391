package io.openedx.ops.worker.aspects.move;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.db.Credentials;

/** Ralph's raw table and Vector's on a real server, as Aspects' migrations make them. */
public final class Pipelines implements AutoCloseable {
  /** Noon of a day on which both wrote. */
  public static final String NOON = "toDateTime64('2026-03-02 12:00:00', 6, 'UTC')";

  private final ClickHouseServer server;
  private final RawTables tables;

  public Pipelines(ClickHouseServer server, String prefix) {
    this.server = server;
    this.tables =
        new RawTables(
            new ClickHouse(
                new Address(server.host(), server.port(), false),
                new Credentials(server.user(), server.password())),
            new TableName(prefix + "_xapi", "xapi_events_all"),
            new TableName(prefix + "_openedx", "xapi_events_all"));
    make(tables.ralphs(), "PARTITION BY toYYYYMM(emission_time)");
    make(tables.vectors(), "");
  }

  private void make(TableName table, String partition) {
    server.execute(
        "CREATE DATABASE " + table.database(),
        "CREATE TABLE %s (event_id UUID, emission_time DateTime64(6), event String) ENGINE = ReplacingMergeTree %s ORDER BY (emission_time, event_id)"
            .formatted(table.quoted(), partition));
  }

  public RawTables tables() {
    return tables;
  }

  /** Events by their numbers, a minute apart; the same number is the same event. */
  public void write(TableName table, String first, int from, int to) {
    server.execute(
        "INSERT INTO %s SELECT reinterpretAsUUID(MD5(toString(number))), %s + toIntervalMinute(number), concat('event ', toString(number)) FROM numbers(%d, %d)"
            .formatted(table.quoted(), first, from, to - from));
  }

  public void execute(String sql) {
    server.execute(sql);
  }

  /** How many rows, how many events, and a sum over all that they say. */
  public String content(TableName table) {
    return tables
        .server()
        .one(
            Limits.COUNT,
            row -> row.getString(1),
            "SELECT concat(toString(count()), ' ', toString(uniqExact(event_id)), ' ', toString(sum(cityHash64(event_id, emission_time, event)))) FROM %s FINAL"
                .formatted(table.quoted()));
  }

  @Override
  public void close() {
    server.execute(
        "DROP DATABASE " + tables.ralphs().database() + " SYNC",
        "DROP DATABASE " + tables.vectors().database() + " SYNC");
  }
}
