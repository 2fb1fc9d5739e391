package io.openedx.ops.worker.copy;

import java.util.List;

/** What the reader of a stream hands to its writer. */
sealed interface Batch {
  /**
   * Rows for one statement, as the bytes the source sent.
   *
   * @param values of each row, in the order of the columns; null is NULL
   */
  record Rows(List<byte[][]> values, long bytes) implements Batch {}

  /** A row too large to be held: it is fetched in pieces while it is written. */
  record Giant(long id, long bytes) implements Batch {}

  /** The range holds no more rows. */
  record End() implements Batch {}

  /** Reading failed. */
  record Failed(Throwable cause) implements Batch {}
}
