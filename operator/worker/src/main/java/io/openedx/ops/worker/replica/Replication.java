package io.openedx.ops.worker.replica;

import java.sql.Connection;
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

  /** The error of a user who lacks REPLICATION CLIENT. */
  int ACCESS_DENIED = 1227;

  /** Asks the server. */
  static Replication of(Connection connection) throws SQLException {
    try {
      return of(Channel.all(connection));
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
}
