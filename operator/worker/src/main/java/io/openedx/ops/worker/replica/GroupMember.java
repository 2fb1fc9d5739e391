package io.openedx.ops.worker.replica;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A server of a replication group. Its rows come without a channel that SHOW REPLICA STATUS would
 * tell of (MySQL manual, "Group Replication" and "The replication_group_members Table").
 */
final class GroupMember {
  /**
   * Of a plugin that is not there, there are no variables: then no row, as where it is not set up.
   */
  private static final String GROUP =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name = 'group_replication_group_name' AND Value <> ''""";

  private static final String JOINS_ON_START = "SELECT @@GLOBAL.group_replication_start_on_boot";

  /** Who is out of the group still has a row, OFFLINE and without an id. */
  private static final String STATE =
      """
      SELECT MEMBER_STATE FROM performance_schema.replication_group_members
      ORDER BY MEMBER_ID = @@GLOBAL.server_uuid DESC LIMIT 1""";

  private static final int TABLE_ACCESS_DENIED = 1142;

  private GroupMember() {}

  static Replication of(Connection connection) throws SQLException {
    var name = Sql.first(connection, row -> row.getString("Value"), GROUP);
    return name.isPresent() ? of(connection, name.get()) : new Replication.Severed();
  }

  private static Replication of(Connection connection, String name) throws SQLException {
    var state = state(connection);
    if (state.isEmpty()) {
      return new Replication.NotSeen("SELECT ON performance_schema.replication_group_members");
    }
    var group = "replication group " + name;
    var stay = "SET PERSIST group_replication_start_on_boot = OFF";
    if (!state.equals("OFFLINE")) {
      return new Replication.Running(group, "STOP GROUP_REPLICATION; " + stay);
    }
    return Sql.one(connection, row -> row.getBoolean(1), JOINS_ON_START)
        ? new Replication.Stopped(group, stay)
        : new Replication.Severed();
  }

  /** Empty where it is not told: without the right, or by a server without performance_schema. */
  private static String state(Connection connection) throws SQLException {
    try {
      return Sql.first(connection, row -> row.getString(1), STATE).orElse("");
    } catch (SQLException e) {
      if (e.getErrorCode() == TABLE_ACCESS_DENIED) {
        return "";
      }
      throw e;
    }
  }
}
