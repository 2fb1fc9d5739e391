package io.openedx.ops.clickhouse;

import java.util.Map;

/** The one account; the engine itself knows none. */
record Account(String user, String password) {
  /** By the variables of ClickHouse's own image. */
  static Account in(Map<String, String> environment) {
    return new Account(
        environment.getOrDefault("CLICKHOUSE_USER", "default"),
        environment.getOrDefault("CLICKHOUSE_PASSWORD", ""));
  }

  @Override
  public String toString() {
    return user;
  }
}
