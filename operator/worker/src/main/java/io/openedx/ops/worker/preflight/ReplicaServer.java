package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** The replica is another server than the source. */
final class ReplicaServer implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var uuid = look.replica().variable("server_uuid");
    if (!EngineKind.sameServer(uuid, look.source().variable("server_uuid"))) {
      return List.of();
    }
    return List.of(
        Found.blocker(
            "ReplicaIsSource",
            "%s and %s are one server (server_uuid %s): reading there spares nobody. Name the severed replica in spec.source.replica of a new CsmhMigration, or leave it out. If it is another server whose data directory was copied with its auto.cnf: remove that file there, restart it and set a new spec.retryToken.",
            look.source().label(),
            look.replica().label(),
            uuid));
  }
}
