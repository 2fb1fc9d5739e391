package io.openedx.ops.worker.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A slice of ids as its owner knows it.
 *
 * @param hi the last id; another lane may shrink it in the table at any time
 * @param nextId the first id that is not copied; hi + 1 at the end
 * @param epoch the fence: whoever presents an older one writes nothing
 */
public record Range(long id, long lo, long hi, long nextId, long epoch) {
  static final String COLUMNS = "range_id, lo, hi, next_id, epoch";

  static Range read(ResultSet row) throws SQLException {
    return new Range(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
  }

  /** Ids that are not copied yet. */
  public long remaining() {
    return hi - nextId + 1;
  }

  /** Everything up to hi is copied. */
  public boolean copied() {
    return nextId > hi;
  }

  /** The same, ending earlier. */
  public Range upTo(long newHi) {
    return new Range(id, lo, Math.min(hi, newHi), nextId, epoch);
  }

  Range claimed() {
    return new Range(id, lo, hi, nextId, epoch + 1);
  }

  Range advanced(long newHi, long next) {
    return new Range(id, lo, newHi, next, epoch);
  }
}
