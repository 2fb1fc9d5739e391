package io.openedx.ops.worker.preflight;

/** What a check builds on; without it, it is not asked. */
enum Need {
  /** The source server answers. */
  SOURCE,
  /** A replica is named and answers. */
  REPLICA,
  /** Its old table is there and may be read. */
  REPLICA_TABLE,
  /** Its old table has a known shape: its rows can be asked. */
  REPLICA_ROWS,
  /** Replicas that serve the site are named, and answer. */
  FOLLOWERS,
  /** The target server answers. */
  TARGET,
  /** The old table is there and may be read. */
  OLD_TABLE,
  /** The old table has a known shape: its rows can be asked. */
  ROWS,
  /** The new table is there. */
  NEW_TABLE
}
