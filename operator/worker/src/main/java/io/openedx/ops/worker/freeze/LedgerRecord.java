package io.openedx.ops.worker.freeze;

import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.SQLException;
import java.util.Optional;

/** The freeze in the ledger, where the copy finds it. */
public record LedgerRecord(TaskContext context) implements FreezeRecord {
  @Override
  public void record(Frozen frozen) throws SQLException {
    var ledger = Ledger.join(context);
    try (var connection = ledger.open()) {
      new Freezes(ledger).record(connection, freeze(frozen));
    }
  }

  @Override
  public Optional<Frozen> recorded() throws SQLException {
    var ledger = Ledger.join(context);
    try (var connection = ledger.open()) {
      return new Freezes(ledger).recorded(connection).map(LedgerRecord::frozen);
    }
  }

  private static Freeze freeze(Frozen frozen) {
    return new Freeze(
        frozen.empty() ? 1 : frozen.minId(),
        frozen.maxId(),
        frozen.nativeFloor(),
        frozen.columns(),
        frozen.schemaHash());
  }

  private static Frozen frozen(Freeze freeze) {
    return freeze.empty()
        ? new Frozen(0, 0, freeze.nativeFloor(), freeze.columns(), freeze.schemaHash())
        : new Frozen(
            freeze.minId(),
            freeze.maxId(),
            freeze.nativeFloor(),
            freeze.columns(),
            freeze.schemaHash());
  }
}
