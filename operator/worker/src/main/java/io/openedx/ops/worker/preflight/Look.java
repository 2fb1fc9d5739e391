package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.replica.TrustedIds;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the servers once they have been opened. What could not be had is null here and
 * missing in {@link #has}; a check that needs it is not asked.
 *
 * @param followers the replicas that serve the site, as far as they answer
 * @param replicaOldOrNull the old table as the replica holds it
 */
record Look(
    TaskContext context,
    @Nullable Server sourceOrNull,
    @Nullable Server replicaOrNull,
    @Nullable Server targetOrNull,
    List<Server> followers,
    @Nullable SeenTable oldOrNull,
    @Nullable SeenTable replicaOldOrNull,
    @Nullable TableShape extendedOrNull) {

  /** What checks may build on. */
  Set<Need> has() {
    var has = EnumSet.noneOf(Need.class);
    if (sourceOrNull != null) {
      has.add(Need.SOURCE);
    }
    if (replicaOrNull != null) {
      has.add(Need.REPLICA);
    }
    if (replicaOldOrNull != null) {
      has.add(Need.REPLICA_TABLE);
      if (replicaOldOrNull.ids() != null) {
        has.add(Need.REPLICA_ROWS);
      }
    }
    if (!followers.isEmpty()) {
      has.add(Need.FOLLOWERS);
    }
    if (targetOrNull != null) {
      has.add(Need.TARGET);
    }
    if (oldOrNull != null) {
      has.add(Need.OLD_TABLE);
      if (oldOrNull.ids() != null) {
        has.add(Need.ROWS);
      }
    }
    if (extendedOrNull != null) {
      has.add(Need.NEW_TABLE);
    }
    return has;
  }

  CsmhOrder order() {
    return context.order();
  }

  Server source() {
    return Objects.requireNonNull(sourceOrNull);
  }

  Server replica() {
    return Objects.requireNonNull(replicaOrNull);
  }

  Server target() {
    return Objects.requireNonNull(targetOrNull);
  }

  TableShape old() {
    return Objects.requireNonNull(oldOrNull).shape();
  }

  IdSpan ids() {
    return Objects.requireNonNull(Objects.requireNonNull(oldOrNull).ids());
  }

  Sample sample() {
    return Objects.requireNonNull(Objects.requireNonNull(oldOrNull).sample());
  }

  /** The replica's old table. */
  TableShape replicaOld() {
    return Objects.requireNonNull(replicaOldOrNull).shape();
  }

  /** The ids that the replica holds. */
  IdSpan replicaIds() {
    return Objects.requireNonNull(Objects.requireNonNull(replicaOldOrNull).ids());
  }

  /** Those of them that Copy reads there. */
  TrustedIds trusted() {
    return TrustedIds.of(replicaIds(), order().freeze().autoIncrementMargin());
  }

  TableShape extended() {
    return Objects.requireNonNull(extendedOrNull);
  }

  TableName extendedName() {
    return TableName.extended(order());
  }

  boolean sameServer() {
    return EngineKind.sameServer(
        source().variable("server_uuid"), target().variable("server_uuid"));
  }

  /** Every server that answered. */
  List<Server> servers() {
    var servers = new ArrayList<Server>();
    for (var server : Arrays.asList(sourceOrNull, replicaOrNull, targetOrNull)) {
      if (server != null) {
        servers.add(server);
      }
    }
    return servers;
  }

  /** How the source's rows will travel: inside the server, or through this pod. */
  EngineKind engine() {
    return engine(source());
  }

  /** How the replica's rows will travel. */
  EngineKind replicaEngine() {
    return engine(replica());
  }

  /** How most rows will travel. */
  EngineKind mainEngine() {
    return replicaOrNull == null ? engine() : replicaEngine();
  }

  /** Some rows travel through this pod. */
  boolean streams() {
    return engine() == EngineKind.STREAM || mainEngine() == EngineKind.STREAM;
  }

  private EngineKind engine(Server from) {
    return EngineKind.of(
        from.variable("server_uuid"),
        target().variable("server_uuid"),
        target().variable("innodb_autoinc_lock_mode"));
  }

  boolean drains() {
    return !order().drain().method().equals("Keep");
  }
}
