package io.openedx.ops.catalog;

/** Whether a relation is in use at a release. */
public enum Life {
  /** Nothing of that release makes or writes it. */
  DEAD,
  /** A model of that release. */
  MODEL,
  /** A table of its migrations that something writes. */
  WRITTEN,
  /** A table of its migrations that nothing writes any more. */
  UNWRITTEN;

  /** True when dropping it loses something that the release uses or that no run makes again. */
  public boolean alive() {
    return this != DEAD;
  }
}
