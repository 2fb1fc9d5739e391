package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** How one lane gets a range, shares one, and gives it back. */
public final class Claims {
  private final Ledger ledger;
  private final Owner me;

  public Claims(Ledger ledger) {
    this.ledger = ledger;
    this.me = ledger.owner().lane();
  }

  /**
   * A due range that nobody works on: never owned, lease over, left by a former pod of ours, or
   * ours by a commit whose answer never came. A lane that asks holds none.
   */
  public Optional<Range> claim(Connection connection, Work work) throws SQLException {
    return Transaction.in(
        connection,
        c -> {
          requireRun(c);
          return take(c, work);
        });
  }

  /**
   * Gives one back, if it is still ours, and claims the next, with one commit. In this order: a
   * take-over locks the run before the ranges, too, and the claim waits for no range.
   */
  public Optional<Range> next(Connection connection, Range done, Work work) throws SQLException {
    return Transaction.in(
        connection,
        c -> {
          requireRun(c);
          release(c, done);
          return take(c, work);
        });
  }

  private Optional<Range> take(Connection connection, Work work) throws SQLException {
    var free = Sql.first(connection, Range::read, free(work), me.token(), me.index(), me.since());
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Sql.update(connection, owning(), me.token(), me.index(), me.since(), free.get().id());
    return Optional.of(free.get().claimed());
  }

  /**
   * The upper half of the largest range still being copied, taken from its owner. The owner learns
   * it from hi, which its fence asks for.
   *
   * @param leastRemaining below this its owner is done sooner alone
   */
  public Optional<Range> split(Connection connection, long leastRemaining) throws SQLException {
    return Transaction.in(
        connection,
        c -> {
          requireRun(c);
          var largest = Sql.first(c, row -> row.getLong(1), largest(), leastRemaining);
          if (largest.isEmpty()) {
            return Optional.empty();
          }
          var victim = Sql.one(c, Range::read, locked(), largest.get());
          if (victim.remaining() < leastRemaining) {
            return Optional.empty();
          }
          return Optional.of(halve(c, victim));
        });
  }

  private Range halve(Connection connection, Range victim) throws SQLException {
    var middle = new Span(victim.nextId(), victim.hi()).middle();
    Sql.update(
        connection,
        "UPDATE " + ledger.tables().range() + " SET hi = ? WHERE range_id = ?",
        middle - 1,
        victim.id());
    Sql.update(
        connection, insert(), middle, victim.hi(), middle, me.token(), me.index(), me.since());
    var id = Sql.one(connection, row -> row.getLong(1), "SELECT LAST_INSERT_ID()");
    return new Range(id, middle, victim.hi(), middle, 1);
  }

  /** Gives it back, if it is still ours. */
  public void release(Connection connection, Range range) throws SQLException {
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().range()
            + " SET owner = NULL, owner_index = NULL, lease_until = NULL"
            + " WHERE range_id = ? AND epoch = ?",
        range.id(),
        range.epoch());
  }

  /** Somebody, anywhere, has work of this kind. */
  public boolean anyDue(Connection connection, Work work) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT EXISTS (SELECT 1 FROM " + ledger.tables().range() + " WHERE " + work.due() + ")");
  }

  /** The shared lock keeps a take-over from slipping in between this look and our commit. */
  private void requireRun(Connection connection) throws SQLException {
    var epoch =
        Sql.one(
            connection,
            row -> row.getLong(1),
            "SELECT run_epoch FROM " + ledger.tables().run() + " WHERE id = 1 FOR SHARE");
    if (epoch != ledger.runEpoch()) {
      throw Ledger.fenced();
    }
  }

  private String free(Work work) {
    return "SELECT "
        + Range.COLUMNS
        + " FROM "
        + ledger.tables().range()
        + " WHERE "
        + work.due()
        + " AND (lease_until IS NULL OR lease_until < NOW(6) OR owner = ?"
        + " OR (owner_index = ? AND owner_since < ?))"
        + " ORDER BY range_id LIMIT 1 FOR UPDATE SKIP LOCKED";
  }

  private String owning() {
    return "UPDATE "
        + ledger.tables().range()
        + " SET epoch = epoch + 1, owner = ?, owner_index = ?, owner_since = ?,"
        + " lease_until = NOW(6) + INTERVAL "
        + Pulse.LEASE_SECONDS
        + " SECOND WHERE range_id = ?";
  }

  private String largest() {
    return "SELECT range_id FROM "
        + ledger.tables().range()
        + " WHERE hi - next_id + 1 >= ? ORDER BY hi - next_id DESC LIMIT 1";
  }

  private String locked() {
    return "SELECT "
        + Range.COLUMNS
        + " FROM "
        + ledger.tables().range()
        + " WHERE range_id = ? FOR UPDATE";
  }

  private String insert() {
    return "INSERT INTO "
        + ledger.tables().range()
        + " (lo, hi, next_id, epoch, owner, owner_index, owner_since, lease_until)"
        + " VALUES (?, ?, ?, 1, ?, ?, ?, NOW(6) + INTERVAL "
        + Pulse.LEASE_SECONDS
        + " SECOND)";
  }
}
