package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The end of every chunk's transaction: progress moves only for the owner of the range's epoch,
 * from where that owner believes it stands, and not beyond what the range still holds. Rows
 * inserted in the same transaction therefore count exactly once, whoever else believes to own the
 * range.
 */
public final class Fence {
  private final LedgerTables tables;
  private final long runEpoch;

  public Fence(Ledger ledger) {
    this.tables = ledger.tables();
    this.runEpoch = ledger.runEpoch();
  }

  /**
   * Moves next_id behind the last id of the chunk, in the transaction that is open.
   *
   * @return the range as it stands then; empty if it was refused: roll back, then ask {@link #held}
   */
  public Optional<Range> advance(Connection connection, Range range, long lastId, long rows)
      throws SQLException {
    var next = lastId + 1;
    var hit =
        Sql.update(
            connection,
            advanceSql(),
            next,
            rows,
            range.id(),
            range.epoch(),
            range.nextId(),
            lastId);
    if (hit != 1) {
      return Optional.empty();
    }
    var hi =
        Sql.one(
            connection,
            row -> row.getLong(1),
            "SELECT hi FROM " + tables.range() + " WHERE range_id = ?",
            range.id());
    return Optional.of(range.advanced(hi, next));
  }

  /**
   * What the table says about a range after a refusal, or after a commit whose outcome is unknown:
   * waits for a transaction of our own former connection that still holds the row.
   *
   * @return the range with its true position; empty if somebody else owns it now
   */
  public Optional<Range> held(Connection connection, Range range) throws SQLException {
    var epoch =
        Sql.one(
            connection,
            row -> row.getLong(1),
            "SELECT run_epoch FROM " + tables.run() + " WHERE id = 1");
    if (epoch != runEpoch) {
      throw Ledger.fenced();
    }
    return Sql.first(
        connection,
        Range::read,
        "SELECT "
            + Range.COLUMNS
            + " FROM "
            + tables.range()
            + " WHERE range_id = ? AND epoch = ? FOR UPDATE",
        range.id(),
        range.epoch());
  }

  /**
   * Locks the range for the transaction that is open: nobody can take it over before that ends.
   *
   * @return false if it is not ours any more
   */
  public boolean lock(Connection connection, Range range) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT range_id FROM "
                + tables.range()
                + " WHERE range_id = ? AND epoch = ? FOR UPDATE",
            range.id(),
            range.epoch())
        .isPresent();
  }

  String advanceSql() {
    return "UPDATE "
        + tables.range()
        + " SET next_id = ?, rows_copied = rows_copied + ?, lease_until = NOW(6) + INTERVAL "
        + Pulse.LEASE_SECONDS
        + " SECOND WHERE range_id = ? AND epoch = ? AND next_id = ? AND hi >= ?";
  }
}
