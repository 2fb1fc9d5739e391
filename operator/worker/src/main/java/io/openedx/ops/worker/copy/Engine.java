package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.ledger.Range;
import java.sql.SQLException;

/** A way to bring rows from the old table into the open transaction of the target. */
interface Engine extends AutoCloseable {
  /** How rows that are in the new table already are met. */
  enum Present {
    /** They are an error: MySQL's 1062. */
    REFUSE,
    /** They were compared and are equal: only the missing ones are inserted. */
    SKIP
  }

  /** For evidence. */
  String name();

  /**
   * Inserts the next rows of the range, without committing.
   *
   * @param rows about how many at most
   */
  Chunk copy(Range range, int rows, Present present) throws SQLException;

  /** The last id that {@link #copy} tried when it failed. */
  long reach();

  /** Forgets what was read ahead: the next call starts from the range's next_id again. */
  void reset();

  @Override
  void close();
}
