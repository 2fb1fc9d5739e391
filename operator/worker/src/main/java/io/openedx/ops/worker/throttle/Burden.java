package io.openedx.ops.worker.throttle;

/** Whom a lane's next chunk burdens. */
public enum Burden {
  /** Rows of source and target are read. */
  READING(true, false),
  /** Rows are written to the target or deleted in the source. */
  WRITING(true, true),
  /** Rows of the severed replica are written to the target; the source is spared. */
  WRITING_FROM_REPLICA(false, true);

  private final boolean source;
  private final boolean writes;

  Burden(boolean source, boolean writes) {
    this.source = source;
    this.writes = writes;
  }

  /** The source has to work for it, the target always has. */
  boolean source() {
    return source;
  }

  /** Whoever follows a server has to write the same. */
  boolean writes() {
    return writes;
  }
}
