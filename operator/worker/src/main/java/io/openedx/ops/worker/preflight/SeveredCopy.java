package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/**
 * The old script for separate servers wants the old table beside the new one: a severed replica.
 */
final class SeveredCopy implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var beside = new TableName(look.extendedName().database(), HistoryTable.OLD);
    if (look.sameServer() && beside.equals(look.old().name())) {
      return List.of();
    }
    return TableShape.read(look.target().connection(), beside).isEmpty()
        ? List.of()
        : List.of(
            Found.ok(
                "SeveredCopy",
                "%s: %s is there, too, as the old scripts need it to copy from. It misses what was written, changed or deleted since it was severed; this run reads the table at %s and leaves this one alone. Drop it when the run has ended.",
                look.target().label(),
                beside,
                look.source().label()));
  }
}
