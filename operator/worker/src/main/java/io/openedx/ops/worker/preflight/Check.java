package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import java.sql.SQLException;
import java.util.List;

/** One question about the servers. Reads only. */
@FunctionalInterface
interface Check {
  /** What was found, each a sentence to act on; empty when there is nothing to say. */
  List<Finding> findings(Look look) throws SQLException;
}
