package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.db.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A walk of all workers over all ranges. The same Job joins the pass it began, a later Job goes on
 * with one that was not closed; what a closed pass said is never taken for a new answer.
 */
public final class Passes {
  /** What is walked for; the name is stored. */
  public enum Kind {
    RECONCILE,
    VERIFY
  }

  private record Row(long number, String job, boolean closed) {}

  /**
   * A pass as one of its Jobs entered it.
   *
   * @param closed this Job has closed it: its answer is complete
   */
  public record Pass(long number, boolean closed) {}

  private final Ledger ledger;

  public Passes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The pass to work on, or the one that this Job has closed already. */
  public Pass enter(Connection connection, Kind kind, String job) throws SQLException {
    return Transaction.in(
        connection,
        c -> {
          lockRun(c);
          var last = Sql.first(c, Passes::read, select(), kind.name());
          if (last.isPresent() && !last.get().closed() && !overtaken(c, last.get())) {
            Sql.update(c, adopt(), job, kind.name());
            return new Pass(last.get().number(), false);
          }
          if (last.isPresent() && last.get().closed() && last.get().job().equals(job)) {
            return new Pass(last.get().number(), true);
          }
          var number = Sql.one(c, row -> row.getLong(1), next());
          Sql.update(c, begin(), kind.name(), number, job);
          return new Pass(number, false);
        });
  }

  /** Its answer is complete. */
  public void close(Connection connection, Kind kind, long number) throws SQLException {
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().pass()
            + " SET closed_at = COALESCE(closed_at, NOW(6)) WHERE kind = ? AND number = ?",
        kind.name(),
        number);
  }

  /** Another kind of pass began later and used the same marks of the ranges. */
  private boolean overtaken(Connection connection, Row row) throws SQLException {
    return Sql.one(connection, found -> found.getLong(1), next()) > row.number() + 1;
  }

  private void lockRun(Connection connection) throws SQLException {
    var epoch =
        Sql.one(
            connection,
            row -> row.getLong(1),
            "SELECT run_epoch FROM " + ledger.tables().run() + " WHERE id = 1 FOR UPDATE");
    if (epoch != ledger.runEpoch()) {
      throw Ledger.fenced();
    }
  }

  private String select() {
    return "SELECT number, job, closed_at IS NOT NULL FROM "
        + ledger.tables().pass()
        + " WHERE kind = ?";
  }

  private String next() {
    return "SELECT COALESCE(MAX(number), 0) + 1 FROM " + ledger.tables().pass();
  }

  private String adopt() {
    return "UPDATE " + ledger.tables().pass() + " SET job = ? WHERE kind = ?";
  }

  private String begin() {
    return "REPLACE INTO " + ledger.tables().pass() + " (kind, number, job) VALUES (?, ?, ?)";
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(row.getLong(1), row.getString(2), row.getBoolean(3));
  }
}
