package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.Totals;
import io.openedx.ops.worker.replica.Severance;
import io.openedx.ops.worker.replica.TrustedIds;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.throttle.Burden;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of which ids come from. The replica is never taken for the source: what was
 * frozen, what Reconcile and Verify compare and what the ledger knows as the source's server is the
 * source alone, so rows of the replica count like any that may have changed since they were read.
 *
 * @param replica null where all rows come from the source
 * @param text a sentence for the result, with a blank before it, unless it goes without saying
 */
record Sourcing(EngineChoice source, @Nullable FromReplica replica, String text) {

  /** The rows that come from the replica. */
  record FromReplica(EngineChoice choice, TrustedIds trusted, Severance severance) {}

  /** Asks the servers; the replica only if a row may have to be read there. */
  static Sourcing of(TaskContext context, Ledger ledger) throws SQLException {
    var source = EngineChoice.of(context.source(), context.target());
    var replica = context.replica();
    if (replica == null) {
      return new Sourcing(source, null, "");
    }
    try (var target = ledger.open()) {
      var totals = Totals.of(target, ledger);
      if (totals.rangesDone() == totals.ranges()) {
        return new Sourcing(source, null, "");
      }
      // Reconcile deletes nothing from a table that held rows before: what was deleted since the
      // replica was severed must not come there at all.
      if (!new Freezes(ledger).beganEmpty(target)) {
        return new Sourcing(
            source,
            null,
            " The new table held rows of these ids before the copy began, so %s was not read."
                .formatted(replica.label()));
      }
    }
    var from = fromReplica(context, replica, ledger);
    return new Sourcing(
        source,
        from,
        " Those up to id %d were read from %s."
            .formatted(from.trusted().through(), replica.label()));
  }

  private static FromReplica fromReplica(TaskContext context, Database replica, Ledger ledger) {
    try (var connection = replica.open()) {
      var severance =
          Severance.now(
              replica, connection, TableName.replica(context.order()), ledger.sourceUuid());
      return new FromReplica(
          EngineChoice.of(replica, context.target()),
          TrustedIds.of(severance.ids(), context.order().freeze().autoIncrementMargin()),
          severance);
    } catch (SQLException e) {
      throw TaskFailure.of(
          e,
          "Asking %s for its rows (a new CsmhMigration without %s goes on without it)"
              .formatted(replica.label(), replica.field()));
    }
  }

  /** What copies into that connection's server. */
  Engine open(Connection target, int lanes) {
    var fromSource = source.open(target, lanes);
    return replica == null
        ? fromSource
        : new SplitEngine(replica.choice().open(target, lanes), replica.trusted(), fromSource);
  }

  /** Whom the next rows of the range burden. */
  Burden burden(Range range) {
    return fromReplica(range) == null ? Burden.WRITING : Burden.WRITING_FROM_REPLICA;
  }

  /** Where the next rows of the range come from. */
  EngineChoice choice(Range range) {
    var from = fromReplica(range);
    return from == null ? source : from.choice();
  }

  private @Nullable FromReplica fromReplica(Range range) {
    return replica != null && replica.trusted().has(range.nextId()) ? replica : null;
  }

  /** Both, or the one there is. */
  List<EngineChoice> choices() {
    return replica == null ? List.of(source) : List.of(replica.choice(), source);
  }

  /** What is worth a word beside the source's engine. */
  Map<String, String> evidence() {
    return replica == null
        ? Map.of()
        : Map.of(
            "replicaEngine", replica.choice().kind().id(),
            "replicaThrough", Long.toString(replica.trusted().through()));
  }
}
