package io.openedx.ops.worker.compare;

/** A row that is not the same in both tables. */
public record Difference(long id, Kind kind) {
  /** In what. */
  public enum Kind {
    /** Only the old table has it. */
    MISSING,
    /** Only the new table has it. */
    EXTRA,
    /** Both have it with other values. */
    DIFFERENT
  }

  /** For people: {@code 17 MISSING}. */
  String text() {
    return id + " " + kind;
  }
}
