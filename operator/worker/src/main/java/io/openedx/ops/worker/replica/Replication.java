package io.openedx.ops.worker.replica;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Whether a server replicates from another one, as far as this user may see it. */
public sealed interface Replication {
  /** It follows nobody. */
  record Severed() implements Replication {}

  /** It follows nobody now, but knows whom: it may begin again when the server restarts. */
  record Stopped(String from) implements Replication {}

  /** It follows another server, or tries to. */
  record Running(String from) implements Replication {}

  /** The user lacks REPLICATION CLIENT. */
  record NotSeen() implements Replication {}

  int SYNTAX_ERROR = 1064;
  int ACCESS_DENIED = 1227;

  /** Asks the server. */
  static Replication of(Connection connection) throws SQLException {
    try {
      return of(channels(connection));
    } catch (SQLException e) {
      if (e.getErrorCode() == ACCESS_DENIED) {
        return new NotSeen();
      }
      throw e;
    }
  }

  private static Replication of(List<Channel> channels) {
    for (var channel : channels) {
      if (channel.runs()) {
        return new Running(channel.from());
      }
    }
    return channels.isEmpty() ? new Severed() : new Stopped(channels.get(0).from());
  }

  /** The statement's name changed with 8.0.22, the old one is gone since 8.4. */
  private static List<Channel> channels(Connection connection) throws SQLException {
    try {
      return Sql.list(
          connection, row -> Channel.read(row, "Replica", "Source"), "SHOW REPLICA STATUS");
    } catch (SQLException e) {
      if (e.getErrorCode() != SYNTAX_ERROR) {
        throw e;
      }
      return Sql.list(connection, row -> Channel.read(row, "Slave", "Master"), "SHOW SLAVE STATUS");
    }
  }

  /** One server that is, or was, followed. */
  record Channel(String from, String receives, String applies) {
    private static Channel read(ResultSet row, String follower, String followed)
        throws SQLException {
      return new Channel(
          row.getString(followed + "_Host") + ":" + row.getString(followed + "_Port"),
          row.getString(follower + "_IO_Running"),
          row.getString(follower + "_SQL_Running"));
    }

    /** A receiver that is only connecting goes on as soon as it can. */
    boolean runs() {
      return !receives.equals("No") || !applies.equals("No");
    }
  }
}
