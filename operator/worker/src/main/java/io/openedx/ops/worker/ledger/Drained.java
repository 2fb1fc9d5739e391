package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How far ranges are drained, and how old the proof is that they may be. */
public final class Drained {
  private final Ledger ledger;

  public Drained(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * From now on rows vanish from the old table because we delete them: whoever takes a row that
   * only the new table has for one to be deleted there must never run again.
   */
  public void begin(Connection connection) throws SQLException {
    var hit =
        Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().run()
                + " SET drain_began_at = COALESCE(drain_began_at, NOW(6)), heartbeat = NOW(6)"
                + " WHERE id = 1 AND run_epoch = ?",
            ledger.runEpoch());
    if (hit != 1) {
      throw Ledger.fenced();
    }
  }

  /** The drain has begun; if not, it does not until the open transaction ends. */
  public boolean began(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT drain_began_at IS NOT NULL FROM "
            + ledger.tables().run()
            + " WHERE id = 1 FOR SHARE");
  }

  /** The first id of the range that is not known to be gone. */
  public long nextId(Connection connection, Range range) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getLong(1),
        "SELECT COALESCE(drained_to, lo) FROM " + ledger.tables().range() + " WHERE range_id = ?",
        range.id());
  }

  /**
   * Keeps it.
   *
   * @return false if the range is not ours any more
   */
  public boolean keep(Connection connection, Range range, long nextId) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().range()
                + " SET drained_to = ?, lease_until = NOW(6) + INTERVAL ? SECOND"
                + " WHERE range_id = ? AND epoch = ?",
            nextId,
            Pulse.LEASE_SECONDS,
            range.id(),
            range.epoch())
        == 1;
  }

  /** The time before which a verification is too old, by the database's clock. */
  public String oldest(Connection connection, int maxAgeSeconds) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getString(1),
        "SELECT CAST(NOW(6) - INTERVAL ? SECOND AS CHAR)",
        maxAgeSeconds);
  }

  /** The range's verification is missing, older than that, or of another target server. */
  public boolean stale(Connection connection, Range range, String oldest) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT verified_at IS NULL OR verified_at < ? OR NOT verified_on <=> @@server_uuid FROM "
            + ledger.tables().range()
            + " WHERE range_id = ?",
        oldest,
        range.id());
  }

  /** What is left of the range in the old table is in the new one, equal: as of now. */
  public void proven(Connection connection, Range range, long rows) throws SQLException {
    Sql.update(
        connection,
        "UPDATE "
            + ledger.tables().range()
            + " SET verified_at = NOW(6), verified_on = @@server_uuid, verified_rows = COALESCE(verified_rows, ?)"
            + " WHERE range_id = ? AND epoch = ?",
        rows,
        range.id(),
        range.epoch());
  }

  /** The ids of every range. */
  public List<Span> spans(Connection connection) throws SQLException {
    return Sql.list(
        connection,
        row -> new Span(row.getLong(1), row.getLong(2)),
        "SELECT lo, hi FROM " + ledger.tables().range() + " ORDER BY lo");
  }

  /** All ranges at once: the table was truncated. */
  public void keepAll(Connection connection) throws SQLException {
    Sql.update(connection, "UPDATE " + ledger.tables().range() + " SET drained_to = hi + 1");
  }

  /** All that was frozen is gone from the old table: what is there at such ids came later. */
  public boolean over(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> row.getBoolean(1),
        "SELECT COUNT(*) > 0 AND COUNT(*) = COALESCE(SUM(drained_to > hi), 0) FROM "
            + ledger.tables().range());
  }

  /**
   * Where the drain stands.
   *
   * @param verifiedRows rows of all ranges when they were verified
   */
  public record State(long ranges, long verifiedRows, long idsDone, long ids) {}

  public State state(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> new State(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
        "SELECT COUNT(*), COALESCE(SUM(verified_rows), 0),"
            + " COALESCE(SUM(COALESCE(drained_to, lo) - lo), 0), COALESCE(SUM(hi - lo + 1), 0)"
            + " FROM "
            + ledger.tables().range());
  }
}
