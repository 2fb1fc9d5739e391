package io.openedx.ops.worker.copy;

/** The server that rows are read from. */
enum ReadFrom {
  /** The one that holds the old table. */
  SOURCE,
  /** Its severed replica. */
  REPLICA
}
