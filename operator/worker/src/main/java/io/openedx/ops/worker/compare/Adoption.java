package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.origin.Origin;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What Reconcile may touch where the new table held rows before the copy began: what is known to be
 * a copy, and of copies whose originals are gone those of deleted states only.
 */
final class Adoption {
  private Adoption() {}

  /**
   * Asks where rows come from that differ; a missing one is added whatever the others are.
   *
   * @param maxId above it the new table holds the site's own rows
   * @throws TaskFailure CONTRADICTION with those that a human must look at
   */
  static void refuseUnknown(
      Comparison comparison, TaskContext context, long maxId, List<Difference> found)
      throws SQLException {
    var order = context.order();
    var sides =
        new Origins.Sides(
            comparison.source(),
            TableName.old(order),
            comparison.target(),
            TableName.extended(order));
    var present =
        found.stream()
            .filter(each -> each.kind() != Difference.Kind.MISSING)
            .map(Difference::id)
            .toList();
    var origins = Origins.above(sides, maxId).of(present);
    origins.values().removeIf(each -> each == Origin.CHANGED || each == Origin.DELETED);
    if (!origins.isEmpty()) {
      var unknown =
          found.stream()
              .filter(each -> origins.containsKey(each.id()))
              .sorted(Comparator.comparingLong(Difference::id))
              .toList();
      throw refused(unknown, origins.values().iterator().next());
    }
  }

  private static TaskFailure refused(List<Difference> unknown, Origin first) {
    var why =
        switch (first) {
          case FOREIGN ->
              "The first may be the site's own row: its state and its date do not show it to be a copy. Move it above the native floor (UPDATE id).";
          case BELOW ->
              "The first is a copy, but its original and all before it are gone from the old table: is a slow delete of the old scripts still running? Stop it, then remove the three openedx_ops_csmh_* tables and start a new CsmhMigration, which takes over what is left.";
          case LOST, CHANGED, DELETED ->
              "The first is a copy, but it cannot be seen that its learner's state was deleted, too (the source's user must be able to read %s). Put the original back into the old table, or delete the copy."
                  .formatted(HistoryTable.STATES);
        };
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "ForeignRows",
        "The new table held rows before the copy began, and has rows that are not the old table's: %s. They are neither deleted nor overwritten. %s Then set a new spec.retryToken."
            .formatted(VerifyTask.names(unknown), why),
        Map.of("ids", VerifyTask.names(unknown)));
  }
}
