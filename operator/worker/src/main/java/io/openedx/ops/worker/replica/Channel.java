package io.openedx.ops.worker.replica;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One server that is, or was, followed.
 *
 * @param from host and port
 * @param uuid its server_uuid; empty as long as it was never reached
 * @param receives Yes, No or Connecting
 * @param applies Yes or No
 * @param behind seconds; null where a thread is stopped or the source is not reached
 * @param delay seconds that it is to stay behind
 */
public record Channel(
    String from,
    String uuid,
    String receives,
    String applies,
    @Nullable Long behind,
    long delay,
    int receiverError,
    int applierError) {

  private static final int SYNTAX_ERROR = 1064;

  /**
   * All of a server. The statement's name changed with 8.0.22, the old one is gone since 8.4.
   *
   * @throws SQLException with code {@link Replication#ACCESS_DENIED} without REPLICATION CLIENT
   */
  public static List<Channel> all(Connection connection) throws SQLException {
    try {
      return Sql.list(connection, row -> read(row, "Replica", "Source"), "SHOW REPLICA STATUS");
    } catch (SQLException e) {
      if (e.getErrorCode() != SYNTAX_ERROR) {
        throw e;
      }
      return Sql.list(connection, row -> read(row, "Slave", "Master"), "SHOW SLAVE STATUS");
    }
  }

  /** A receiver that is only connecting goes on as soon as it can. */
  boolean runs() {
    return !receives.equals("No") || !applies.equals("No");
  }

  /** One of its threads does not go on by itself. */
  public boolean stopped() {
    return receives.equals("No") || applies.equals("No");
  }

  private static Channel read(ResultSet row, String follower, String followed) throws SQLException {
    return new Channel(
        row.getString(followed + "_Host") + ":" + row.getString(followed + "_Port"),
        row.getString(followed + "_UUID"),
        row.getString(follower + "_IO_Running"),
        row.getString(follower + "_SQL_Running"),
        row.getObject("Seconds_Behind_" + followed, Long.class),
        row.getLong("SQL_Delay"),
        row.getInt("Last_IO_Errno"),
        row.getInt("Last_SQL_Errno"));
  }
}
