package io.openedx.ops.worker.aspects.clickhouse;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The site's ClickHouse as one user. Each statement has a connection, a time and a memory limit.
 */
public final class ClickHouse {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final long SPARE_MILLIS = 5_000;

  private final Address address;
  private final Credentials credentials;
  private final String filters;

  public ClickHouse(Address address, Credentials credentials) {
    this(address, credentials, "");
  }

  private ClickHouse(Address address, Credentials credentials, String filters) {
    this.address = address;
    this.credentials = credentials;
    this.filters = filters;
  }

  /** The same, where one table has only the rows that meet a condition, whatever reads it. */
  public ClickHouse filtered(String table, String condition) {
    return new ClickHouse(
        address, credentials, "{%s:%s}".formatted(Names.text(table), Names.text(condition)));
  }

  /** For messages: {@code ClickHouse clickhouse:8123}. */
  public String label() {
    return "ClickHouse " + address;
  }

  public String username() {
    return credentials.username();
  }

  /** Every row. */
  public <T> List<T> list(Limits limits, Sql.Row<T> row, String sql, Object... args) {
    try (var connection = open(limits)) {
      return Sql.list(connection, row, sql, args);
    } catch (SQLException e) {
      throw ClickHouseFailure.of(this, e);
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(Limits limits, Sql.Row<T> row, String sql, Object... args) {
    return list(limits, row, sql, args).stream().findFirst();
  }

  /** The only row of a query that always has one. */
  public <T> T one(Limits limits, Sql.Row<T> row, String sql, Object... args) {
    return first(limits, row, sql, args)
        .orElseThrow(() -> new IllegalStateException("no row: " + sql));
  }

  /** Runs a statement that returns nothing of interest. */
  public void run(Limits limits, String sql) {
    try (var connection = open(limits);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw ClickHouseFailure.of(this, e);
    }
  }

  /** For example 25.8.2.29. */
  public String version() {
    return one(Limits.LOOK, row -> row.getString(1), "SELECT version()");
  }

  private Connection open(Limits limits) throws SQLException {
    var connection = new com.clickhouse.jdbc.Driver().connect(address.url(), properties(limits));
    if (connection == null) {
      throw new TaskFailure(ExitCode.BUG, "Bug", "The driver does not know " + address.url() + ".");
    }
    return connection;
  }

  private Properties properties(Limits limits) {
    var properties = new Properties();
    properties.setProperty("user", credentials.username());
    properties.setProperty("password", credentials.password());
    properties.setProperty("connection_timeout", Integer.toString(CONNECT_TIMEOUT_MILLIS));
    properties.setProperty(
        "socket_timeout", Long.toString(limits.time().toMillis() + SPARE_MILLIS));
    properties.setProperty("client_name", "openedx-ops");
    setting(properties, "max_execution_time", limits.time().toSeconds());
    setting(properties, "max_memory_usage", limits.memoryBytes());
    if (!filters.isEmpty()) {
      properties.setProperty("clickhouse_setting_additional_table_filters", filters);
    }
    return properties;
  }

  private static void setting(Properties properties, String name, long value) {
    properties.setProperty("clickhouse_setting_" + name, Long.toString(value));
  }
}
