package io.openedx.ops.worker.db;

/** Ways to hold rows until the transaction ends. */
public final class Lock {
  /** Waits for who writes them, lets others read. Not FOR SHARE, which 5.7 does not know. */
  public static final String SHARED = " LOCK IN SHARE MODE";

  private Lock() {}
}
