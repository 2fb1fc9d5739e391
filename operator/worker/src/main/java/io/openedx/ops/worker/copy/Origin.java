package io.openedx.ops.worker.copy;

/** The server that rows are read from. */
enum Origin {
  /** The one that holds the old table. */
  SOURCE,
  /** Its severed replica. */
  REPLICA
}
