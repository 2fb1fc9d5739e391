package io.openedx.ops.worker.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether a server replicates from others, as far as this user may see it. */
public sealed interface Replication {
  /** It follows nobody. */
  record Severed() implements Replication {}

  /**
   * It follows nobody now, but knows whom: it may begin again when the server restarts.
   *
   * @param forget the statement after which it does not
   */
  record Stopped(String from, String forget) implements Replication {}

  /**
   * It follows another server, or tries to.
   *
   * @param sever the statements after which it does so no more
   */
  record Running(String from, String sever) implements Replication {}

  /**
   * The user may not look.
   *
   * @param right what it lacks, as a GRANT names it
   */
  record NotSeen(String right) implements Replication {}

  /** The error of a user who lacks REPLICATION CLIENT. */
  int ACCESS_DENIED = 1227;

  /** Asks the server. */
  static Replication of(Connection connection) throws SQLException {
    var group = GroupMember.of(connection);
    if (group instanceof Running) {
      // A member that joins has a channel, too, which goes by itself.
      return group;
    }
    var followed = followed(connection);
    return followed instanceof Severed ? group : followed;
  }

  private static Replication followed(Connection connection) throws SQLException {
    try {
      return of(Channel.all(connection));
    } catch (SQLException e) {
      if (e.getErrorCode() == ACCESS_DENIED) {
        return new NotSeen("REPLICATION CLIENT ON *.*");
      }
      throw e;
    }
  }

  private static Replication of(List<Channel> channels) {
    var forget = "RESET REPLICA ALL";
    for (var channel : channels) {
      if (channel.runs()) {
        return new Running(channel.from(), "STOP REPLICA; " + forget);
      }
    }
    return channels.isEmpty() ? new Severed() : new Stopped(channels.get(0).from(), forget);
  }
}
