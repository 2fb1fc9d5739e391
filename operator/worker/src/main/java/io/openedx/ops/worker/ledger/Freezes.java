package io.openedx.ops.worker.ledger;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** What was frozen, and the ranges made of it. */
public final class Freezes {
  /** Below this a range costs more than it shares. */
  static final long LEAST_IDS = 10_000;

  private final Ledger ledger;

  public Freezes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The freeze of this run, if there was one. */
  public Optional<Freeze> recorded(Connection connection) throws SQLException {
    return recorded(connection, ledger.tables());
  }

  static Optional<Freeze> recorded(Connection connection, LedgerTables tables) throws SQLException {
    return Sql.first(connection, Freezes::read, select(tables, ""));
  }

  /** Fixes it; a later one may only reach further up: its tail becomes a range of its own. */
  public void record(Connection connection, Freeze freeze) throws SQLException {
    Transaction.in(
        connection,
        c -> {
          var before = Sql.first(c, Freezes::read, select(ledger.tables(), " FOR UPDATE"));
          if (before.isEmpty()) {
            write(c, freeze);
          } else {
            extend(c, before.get(), freeze);
          }
          return freeze;
        });
  }

  /**
   * Cuts the frozen ids into ranges, once, and keeps whether the new table held any of them before
   * we put the first one there: only then every row there is known to be ours.
   */
  public void plan(Connection connection, int ranges) throws SQLException {
    Transaction.in(
        connection,
        c -> {
          var freeze =
              Sql.first(c, Freezes::read, select(ledger.tables(), " FOR UPDATE")).orElseThrow();
          if (planned(c)) {
            return freeze;
          }
          if (!freeze.empty()) {
            for (var span : new Span(freeze.minId(), freeze.maxId()).cut(ranges, LEAST_IDS)) {
              insert(c, span);
            }
          }
          Sql.update(
              c,
              "UPDATE "
                  + ledger.tables().run()
                  + " SET planned_at = NOW(6), began_empty = ? WHERE id = 1",
              targetIsEmpty(c, freeze.minId(), freeze.maxId()));
          return freeze;
        });
  }

  /** The new table held none of the frozen ids before the copy began. */
  public boolean beganEmpty(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT COALESCE(began_empty, FALSE) FROM " + ledger.tables().run() + " WHERE id = 1");
  }

  private boolean targetIsEmpty(Connection connection, long lo, long hi) throws SQLException {
    return !Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT EXISTS (SELECT 1 FROM "
            + Identifier.quoted(ledger.tables().database(), HistoryTable.NEW)
            + " WHERE id BETWEEN ? AND ?)",
        lo,
        hi);
  }

  /** The ranges exist. */
  public boolean planned(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT planned_at IS NOT NULL FROM " + ledger.tables().run() + " WHERE id = 1");
  }

  private void extend(Connection connection, Freeze before, Freeze now) throws SQLException {
    var sameShape =
        before.columns().equals(now.columns()) && before.schemaHash().equals(now.schemaHash());
    // Rows may have been deleted at either end since; what was frozen stays what is to be proven.
    if (!sameShape || (now.minId() < before.minId() && !now.empty())) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "FreezeChanged",
          "The old table is not the one that was frozen: its columns changed, or ids below %d appeared."
              .formatted(before.minId()));
    }
    if (now.maxId() <= before.maxId()) {
      return;
    }
    if (now.maxId() >= before.nativeFloor()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "FloorReached",
          "The old table grew to id %d, but ids from %d on belong to live rows of the new table."
              .formatted(now.maxId(), before.nativeFloor()));
    }
    if (before.empty()) {
      write(connection, now);
    } else {
      write(
          connection,
          new Freeze(
              before.minId(),
              now.maxId(),
              before.nativeFloor(),
              before.columns(),
              before.schemaHash()));
    }
    if (planned(connection)) {
      var tail = new Span(before.empty() ? now.minId() : before.maxId() + 1, now.maxId());
      insert(connection, tail);
      Sql.update(
          connection,
          "UPDATE " + ledger.tables().run() + " SET began_empty = began_empty AND ? WHERE id = 1",
          targetIsEmpty(connection, tail.lo(), tail.hi()));
    }
  }

  private void write(Connection connection, Freeze freeze) throws SQLException {
    var hit =
        Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().run()
                + " SET min_id = ?, max_id = ?, native_floor = ?, column_list = ?, schema_hash = ?,"
                + " frozen_at = NOW(6) WHERE id = 1 AND run_epoch = ?",
            freeze.minId(),
            freeze.maxId(),
            freeze.nativeFloor(),
            String.join(",", freeze.columns()),
            freeze.schemaHash(),
            ledger.runEpoch());
    if (hit != 1) {
      throw Ledger.fenced();
    }
  }

  private void insert(Connection connection, Span span) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO " + ledger.tables().range() + " (lo, hi, next_id) VALUES (?, ?, ?)",
        span.lo(),
        span.hi(),
        span.lo());
  }

  private static String select(LedgerTables tables, String lock) {
    return "SELECT min_id, max_id, native_floor, column_list, schema_hash FROM "
        + tables.run()
        + " WHERE id = 1 AND frozen_at IS NOT NULL"
        + lock;
  }

  private static Freeze read(ResultSet row) throws SQLException {
    return new Freeze(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        Arrays.asList(row.getString(4).split(",")),
        row.getString(5));
  }
}
