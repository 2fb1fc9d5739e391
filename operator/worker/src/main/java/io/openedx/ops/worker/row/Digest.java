package io.openedx.ops.worker.row;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a set of rows amounts to.
 *
 * @param hash the 256 bits of all row hashes, XORed, as 64 hexadecimal digits
 */
public record Digest(long rows, String hash) {
  private static final int DIGITS = 64;

  /** Of no rows. */
  public static final Digest NONE = new Digest(0, "0".repeat(DIGITS));

  public Digest {
    if (hash.length() != DIGITS) {
      // A server before 8.0 takes BIT_XOR of a string for a number: never compare such results.
      throw new IllegalStateException("not a 256-bit hash: " + hash);
    }
  }

  /** From the two columns of {@link RowHash#digest}. */
  public static Digest read(ResultSet row) throws SQLException {
    var rows = row.getLong(1);
    return rows == 0 ? NONE : new Digest(rows, row.getString(2));
  }

  /** Of both sets, which share no row. */
  public Digest plus(Digest other) {
    var both = new BigInteger(hash, 16).xor(new BigInteger(other.hash, 16)).toString(16);
    return new Digest(
        rows + other.rows,
        "0".repeat(DIGITS - both.length()) + both.toUpperCase(java.util.Locale.ROOT));
  }
}
