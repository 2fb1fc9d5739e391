package io.openedx.ops.worker.freeze;

import java.sql.SQLException;
import java.util.Optional;

/** Where a freeze is kept: the control tables in the target database. */
public interface FreezeRecord {
  /** Keeps it; a higher maxId than before adds a range for the tail. */
  void record(Frozen frozen) throws SQLException;

  /** The one kept by this run or by an earlier one of the same tables. */
  Optional<Frozen> recorded() throws SQLException;
}
