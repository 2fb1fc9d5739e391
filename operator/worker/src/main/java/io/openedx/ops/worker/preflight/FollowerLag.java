package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.replica.Channel;
import io.openedx.ops.worker.replica.Replication;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far the replicas that serve the site are behind can be seen, and is little enough. */
final class FollowerLag implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var findings = new ArrayList<Finding>();
    for (var server : look.followers()) {
      findings.addAll(of(look, server));
    }
    return findings;
  }

  private static List<Finding> of(Look look, Server server) throws SQLException {
    try {
      return of(look, server, Channel.all(server.connection()));
    } catch (SQLException e) {
      if (e.getErrorCode() != Replication.ACCESS_DENIED) {
        throw e;
      }
      return List.of(
          SourceGrants.missing(
              server, "REPLICATION CLIENT", "*.*", "to see how far the replica is behind"));
    }
  }

  private static List<Finding> of(Look look, Server server, List<Channel> channels) {
    if (channels.isEmpty()) {
      return List.of(
          Found.blocker(
              "NotAReplica",
              "%s: SHOW REPLICA STATUS is empty, it follows no server and is never behind. Check %s.host and port, or take it out (a member of a replication group, or a reader on shared storage, needs no mention), then set a new spec.retryToken.",
              server.label(),
              server.database().field()));
    }
    var findings = new ArrayList<Finding>();
    for (var channel : channels) {
      findings.addAll(of(look, server, channel));
    }
    return findings;
  }

  private static List<Finding> of(Look look, Server server, Channel channel) {
    var limit = look.order().copy().maxReplicaLagSeconds();
    var findings = new ArrayList<Finding>();
    if (limit > 0 && channel.delay() > limit) {
      findings.add(
          Found.blocker(
              "ReplicaDelayed",
              "%s: it is to stay %d s behind %s (SOURCE_DELAY), the limit is %d s: nothing would ever be written. Take it out of spec.copy.replicas, or raise spec.copy.maxReplicaLagSeconds, then set a new spec.retryToken.",
              server.label(),
              channel.delay(),
              channel.from(),
              limit));
    }
    if (!followed(look).contains(channel.uuid())) {
      findings.add(
          Found.risk(
              "FollowsAnother",
              "%s: it follows %s (server_uuid %s), which is neither the source's server nor the target's. If that one does not follow one of them in its turn, how far it is behind says nothing of what this run writes: check %s.host.",
              server.label(),
              channel.from(),
              channel.uuid(),
              server.database().field()));
    }
    findings.add(now(server, channel, limit));
    return findings;
  }

  private static Finding now(Server server, Channel channel, int limit) {
    var behind = channel.behind();
    if (behind == null) {
      return Found.risk(
          "ReplicaStopped",
          "%s: replication from %s does not go on (receiver %s, error %d; applier %s, error %d). Copy waits for it: put it right, or take it out of spec.copy.replicas.",
          server.label(),
          channel.from(),
          channel.receives(),
          channel.receiverError(),
          channel.applies(),
          channel.applierError());
    }
    return limit > 0 && behind > limit
        ? Found.risk(
            "ReplicaBehind",
            "%s: it is %d s behind %s, limit %d s: Copy begins when it has caught up. Where it is so most of the time, the run takes much longer than estimated; raise spec.copy.maxReplicaLagSeconds if the site can bear it.",
            server.label(),
            behind,
            channel.from(),
            limit)
        : Found.ok(
            "ReplicaLag",
            "%s: it follows %s, %d s behind, limit %d s.",
            server.label(),
            channel.from(),
            behind,
            limit);
  }

  private static Set<String> followed(Look look) {
    // Set.of refuses the same twice, as on one server.
    return new HashSet<>(
        List.of(look.source().variable("server_uuid"), look.target().variable("server_uuid")));
  }
}
