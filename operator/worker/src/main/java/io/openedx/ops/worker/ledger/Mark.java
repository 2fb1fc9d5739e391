package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.row.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How far a pass has compared a range, and what it found so far.
 *
 * @param nextId the first id that is not compared
 * @param differences rows that differ
 * @param sample the first of them, for people
 */
public record Mark(
    long nextId, Digest source, Digest target, long differences, String sample, long repaired) {
  private static final int SAMPLE_LENGTH = 900;
  static final String COLUMNS =
      "compared_to, source_rows, source_hash, target_rows, target_hash, differences,"
          + " difference_sample, repaired_rows";

  static Mark begin(Range range) {
    return new Mark(range.lo(), Digest.NONE, Digest.NONE, 0, "", 0);
  }

  static Mark read(ResultSet row) throws SQLException {
    return new Mark(
        row.getLong(1),
        digest(row.getLong(2), row.getString(3)),
        digest(row.getLong(4), row.getString(5)),
        row.getLong(6),
        row.getString(7),
        row.getLong(8));
  }

  private static Digest digest(long rows, @org.jspecify.annotations.Nullable String hash) {
    return new Digest(rows, Optional.ofNullable(hash).orElse(Digest.NONE.hash()));
  }

  /** After the ids up to there were found equal. */
  public Mark compared(long lastId, Digest sourceRows, Digest targetRows) {
    return new Mark(
        lastId + 1,
        source.plus(sourceRows),
        target.plus(targetRows),
        differences,
        sample,
        repaired);
  }

  /** With differences, named as far as there is room. */
  public Mark differing(long more, String names) {
    var text = sample.isEmpty() ? names : sample + ", " + names;
    return new Mark(
        nextId,
        source,
        target,
        differences + more,
        sample.length() + names.length() > SAMPLE_LENGTH ? sample : text,
        repaired);
  }

  /** Every row that was compared is in both tables, equal, and none had to be put right. */
  boolean clean() {
    return differences == 0 && repaired == 0 && source.equals(target);
  }

  /** With rows put right. */
  public Mark repairing(long more) {
    return new Mark(nextId, source, target, differences, sample, repaired + more);
  }
}
