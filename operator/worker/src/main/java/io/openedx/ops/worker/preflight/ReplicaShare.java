package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** Which ids will be read from the replica, and that there are any. */
final class ReplicaShare implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var replica = look.replica().label();
    if (look.ids().empty()) {
      return List.of();
    }
    if (look.replicaIds().empty()) {
      return List.of(
          Found.blocker(
              "ReplicaEmpty",
              "%s: %s is empty there: it was severed before it had the rows, or this is another database. Sever a replica that has caught up, or leave spec.source.replica out of a new CsmhMigration.",
              replica,
              look.replicaOld().name()));
    }
    var through = look.trusted().through();
    var margin = look.order().freeze().autoIncrementMargin();
    if (through < look.ids().min()) {
      return List.of(
          Found.risk(
              "ReplicaUnused",
              "%s: its highest id is %d; less the %d newest ids, of which some may have come after it was severed (createTable.autoIncrementMargin), nothing is left to be read there: all rows come from the source. A smaller margin in a new CsmhMigration changes that.",
              replica,
              look.replicaIds().max(),
              margin));
    }
    if (holdsRows(look)) {
      return List.of(
          Found.risk(
              "ReplicaUnused",
              "%s: the new table holds rows of the old ids before the copy begins, and what was deleted since the replica was severed could not be told from them: all rows come from the source. To read the replica, empty %s first, if nobody needs those rows.",
              replica,
              look.extendedName()));
    }
    return List.of(
        Found.ok(
            "Replica",
            "%s: rows up to id %d of %d are read there (%s), those above from the source; all are compared with the source.",
            replica,
            Math.min(through, look.ids().max()),
            look.ids().max(),
            look.replicaEngine() == EngineKind.INSERT_SELECT
                ? "inside the target's server"
                : "through the worker's pod"));
  }

  /** Where a copy has begun, the control tables know whether the rows are ours. */
  private static boolean holdsRows(Look look) throws SQLException {
    var target = look.target().connection();
    return look.has().contains(Need.NEW_TABLE)
        && !EarlierCopy.begun(target, look.extendedName().database())
        && Sql.first(
                target,
                row -> row.getLong(1),
                "SELECT id FROM %s WHERE id <= ? LIMIT 1".formatted(look.extendedName().quoted()),
                look.ids().max())
            .isPresent();
  }
}
