package io.openedx.ops.worker.row;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The statements that hash rows: equal bytes give equal hashes on both servers, whatever the column
 * types and charsets, and every difference shows.
 *
 * <ul>
 *   <li>SHA-256, because MD5() and SHA1() are gone from MySQL since 9.6.
 *   <li>One evaluation per row: BIT_XOR takes all 256 bits since MySQL 8.0. Rows differ by their
 *       id, so no two cancel out.
 *   <li>Unambiguous: every part but the last cannot hold a comma; NULL is N, text begins with =.
 *   <li>state is hashed alone, so no intermediate result outgrows max_allowed_packet and becomes
 *       NULL. Should a hash be NULL all the same, it is replaced by one that cannot be equal to
 *       that of the other side: such a row is reported, never skipped.
 * </ul>
 */
public final class RowHash {
  private RowHash() {}

  /** Rows and hash of ids ? to ?. */
  public static String digest(Side side) {
    return "SELECT COUNT(*), HEX(BIT_XOR("
        + binary(side)
        + ")) FROM "
        + side.table()
        + " FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?";
  }

  /** Id and hash of each row of ids ? to ?, ascending. */
  public static String rows(Side side) {
    return "SELECT id, HEX("
        + binary(side)
        + ") FROM "
        + side.table()
        + " FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ? ORDER BY id";
  }

  /** The same, asked. */
  public static SortedMap<Long, String> ofRows(Connection connection, Side side, long lo, long hi)
      throws SQLException {
    var hashes = new TreeMap<Long, String>();
    Sql.list(connection, row -> hashes.put(row.getLong(1), row.getString(2)), rows(side), lo, hi);
    return hashes;
  }

  /** The same as {@link #digest}, and the rows stay as they are until the transaction ends. */
  public static String lockingDigest(Side side) {
    return digest(side) + " FOR UPDATE";
  }

  /** Number and last id of the next ? rows of ids ? to ?: parameters in the order lo, hi, rows. */
  public static String nextRows(Side side) {
    return "SELECT COUNT(*), MAX(id) FROM (SELECT id FROM "
        + side.table()
        + " FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?) AS next_rows";
  }

  /** The least id of ids ? to ?; NULL if there is none. */
  public static String leastId(Side side) {
    return "SELECT MIN(id) FROM " + side.table() + " WHERE id BETWEEN ? AND ?";
  }

  static String binary(Side side) {
    return "COALESCE(UNHEX("
        + expression(side)
        + "), UNHEX(SHA2(CONCAT('no hash in "
        + side.name()
        + " of ', id), 256)))";
  }

  static String expression(Side side) {
    var state = side.text("state");
    var version = side.text("version");
    return "SHA2(CONCAT(id, ',', student_module_id, ',', CAST(created AS DATETIME(6)), ','"
        + ", IF(grade IS NULL, 'N', grade), ',', IF(max_grade IS NULL, 'N', max_grade), ','"
        + (", IF(state IS NULL, 'N', SHA2(" + state + ", 256)), ','")
        + (", IF(version IS NULL, 'N', CONCAT('=', " + version + "))), 256)");
  }
}
