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

  /** Where this pass stands in the range; a range it has not touched begins at its first id. */
  public Mark of(Connection connection, Range range) throws SQLException {
    return Sql.first(
            connection,
            Mark::read,
            "SELECT "
                + Mark.COLUMNS
                + " FROM "
                + ledger.tables().range()
                + " WHERE range_id = ? AND pass = ?",
            range.id(),
            pass)
        .orElse(Mark.begin(range));
  }

  /**
   * Keeps a mark. At the end of a range in a VERIFY pass without differences it is verified.
   *
   * @return false if the range is not ours any more
   */
  public boolean keep(Connection connection, Range range, Mark mark) throws SQLException {
    var over = mark.nextId() > range.hi();
    var verified = over && kind == Passes.Kind.VERIFY && mark.differences() == 0;
    return Sql.update(
            connection,
            sql(verified),
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

  private String sql(boolean verified) {
    // What was verified before stands until this pass has its own answer, or had to repair.
    var proof =
        verified
            ? "verified_at = NOW(6), verified_on = @@server_uuid, verified_rows = source_rows"
            : "verified_at = IF(differences + repaired_rows > 0, NULL, verified_at)";
    return "UPDATE "
        + ledger.tables().range()
        + " SET pass = ?, compared_to = ?, source_rows = ?, source_hash = ?, target_rows = ?,"
        + " target_hash = ?, differences = ?, difference_sample = ?, repaired_rows = ?, "
        + proof
        + ", lease_until = NOW(6) + INTERVAL ? SECOND WHERE range_id = ? AND epoch = ? AND hi = ?";
  }

  /** What a whole pass found. */
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
            + " COALESCE(SUM(repaired_rows), 0), COALESCE(SUM(verified_at IS NULL), 0),"
            + " COALESCE(SUM(verified_at IS NOT NULL AND NOT verified_on <=> @@server_uuid), 0)"
            + " FROM "
            + ledger.tables().range());
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
