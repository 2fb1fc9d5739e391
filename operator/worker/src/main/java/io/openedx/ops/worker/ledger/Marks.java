package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps what passes found, range by range; only the owner of the range's epoch may write. */
public final class Marks {
  private final Ledger ledger;
  private final Passes.Kind kind;
  private final long pass;

  public Marks(Ledger ledger, Passes.Kind kind, long pass) {
    this.ledger = ledger;
    this.kind = kind;
    this.pass = pass;
  }

  /**
   * Where this pass stands in the range; one that it has not touched begins at its first id. What
   * was compared on another server, before a failover, says nothing about this one.
   */
  public Mark of(Connection connection, Range range) throws SQLException {
    return Sql.first(
            connection,
            Mark::read,
            "SELECT "
                + Mark.COLUMNS
                + " FROM "
                + ledger.tables().range()
                + " WHERE range_id = ? AND pass = ? AND compared_on <=> @@server_uuid",
            range.id(),
            pass)
        .orElse(Mark.begin(range));
  }

  /**
   * Keeps a mark. A range that a VERIFY pass found clean up to its end is verified.
   *
   * @return false if the range is not ours any more
   */
  public boolean keep(Connection connection, Range range, Mark mark) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE "
                + ledger.tables().range()
                + " SET pass = ?, compared_to = ?, compared_on = @@server_uuid, source_rows = ?,"
                + " source_hash = ?, target_rows = ?, target_hash = ?, differences = ?,"
                + " difference_sample = ?, repaired_rows = ?, "
                + proof(range, mark)
                + ", lease_until = NOW(6) + INTERVAL ? SECOND"
                + " WHERE range_id = ? AND epoch = ? AND hi = ?",
            pass,
            mark.nextId(),
            mark.source().rows(),
            mark.source().hash(),
            mark.target().rows(),
            mark.target().hash(),
            mark.differences(),
            mark.sample(),
            mark.repaired(),
            Pulse.LEASE_SECONDS,
            range.id(),
            range.epoch(),
            range.hi())
        == 1;
  }

  /** What was verified before stands until this pass has its own answer. */
  private String proof(Range range, Mark mark) {
    if (!mark.clean()) {
      return "verified_at = NULL";
    }
    return kind == Passes.Kind.VERIFY && mark.nextId() > range.hi()
        ? "verified_at = NOW(6), verified_on = @@server_uuid, verified_rows = source_rows"
        : "verified_at = verified_at";
  }

  /**
   * What a whole pass found.
   *
   * @param unverified ranges of which it does not stand in the table that this very pass compared
   *     them from the first to the last id, and that both sides amount to the same
   */
  public record Sum(
      long ranges,
      long rows,
      long differences,
      String sample,
      long repaired,
      long unverified,
      long verifiedElsewhere) {}

  /** Over all ranges and workers. */
  public Sum sum(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row ->
            new Sum(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        "SELECT COUNT(*), COALESCE(SUM(source_rows), 0), COALESCE(SUM(differences), 0),"
            + " COALESCE(GROUP_CONCAT(NULLIF(difference_sample, '') ORDER BY lo SEPARATOR ', '), ''),"
            + " COALESCE(SUM(repaired_rows), 0),"
            + " COALESCE(SUM(NOT (verified_at IS NOT NULL AND pass = ? AND compared_to = hi + 1"
            + " AND source_rows = target_rows AND source_hash <=> target_hash)), 0),"
            + " COALESCE(SUM(verified_at IS NOT NULL AND NOT verified_on <=> @@server_uuid), 0)"
            + " FROM "
            + ledger.tables().range(),
        pass);
  }

  /** The hash of each range's old rows, as last compared. */
  public static List<String> sourceHashes(Connection connection, Ledger ledger)
      throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT COALESCE(source_hash, REPEAT('0', 64)) FROM " + ledger.tables().range());
  }

  /** How far it is: ids compared and ids in all. */
  public record Reach(long done, long total) {}

  public Reach reach(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        row -> new Reach(row.getLong(1), row.getLong(2)),
        "SELECT COALESCE(SUM(IF(pass = ?, compared_to - lo, 0)), 0), COALESCE(SUM(hi - lo + 1), 0)"
            + " FROM "
            + ledger.tables().range(),
        pass);
  }
}
