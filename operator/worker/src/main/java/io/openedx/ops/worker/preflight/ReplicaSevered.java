package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.replica.Replication;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The replica follows nobody any more: its rows stand still while they are read. */
final class ReplicaSevered implements Check {
  /** A site that is at work writes a row in that time, one that is not proves nothing. */
  private static final Duration WATCHED = Duration.ofSeconds(2);

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var server = look.replica();
    var replication = Replication.of(server.connection());
    if (replication instanceof Replication.Running running) {
      return List.of(replicates(server, "from " + running.from(), running.sever()));
    }
    if (replication instanceof Replication.Stopped stopped) {
      return List.of(
          Found.risk(
              "ReplicationStopped",
              "%s: replication from %s is stopped but still set up; a restart of the server would begin it again, and the run would stop at that. Run there: %s.",
              server.label(),
              stopped.from(),
              stopped.forget()));
    }
    return replication instanceof Replication.NotSeen notSeen
        ? List.of(unseen(look, notSeen.right()))
        : List.of(Found.ok("ReplicaSevered", "%s: replicates from no server.", server.label()));
  }

  private static Finding unseen(Look look, String right) throws SQLException {
    var server = look.replica();
    if (look.has().contains(Need.REPLICA_ROWS)) {
      look.context().stop().sleep(WATCHED);
      var now = IdSpan.read(server.connection(), TableName.replica(look.order()));
      if (!now.equals(look.replicaIds())) {
        return replicates(
            server,
            "or is written to: its highest id went from %d to %d while it was looked at"
                .formatted(look.replicaIds().max(), now.max()),
            "STOP REPLICA; RESET REPLICA ALL (in a replication group STOP GROUP_REPLICATION)");
      }
    }
    return Found.risk(
        "ReplicationNotSeen",
        "%s: user %s lacks %s, so whether the server still replicates cannot be seen; its ids stood still for %d s, which proves little. Make sure that it follows no server and works in no replication group, or grant it with: GRANT %s TO %s. While rows are read, ids that move stop the run.",
        server.label(),
        server.database().username(),
        right,
        WATCHED.toSeconds(),
        right,
        server.account());
  }

  private static Finding replicates(Server server, String how, String sever) {
    return Found.blocker(
        "StillReplicating",
        "%s: replicates %s. Rows would change while they are read. Run there: %s; then set a new spec.retryToken.",
        server.label(),
        how,
        sever);
  }
}
