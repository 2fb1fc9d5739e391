package io.openedx.ops.worker.schema;

/**
 * Absent ids in a row, between two that the new table has. The old scripts leave such ones of
 * 9,998: started again at the last copied id, their first chunk meets two rows that are there, and
 * all of it is rolled back without a word.
 *
 * @param lo the first of them
 * @param hi the last of them
 * @param rows what the old table has of them
 */
record Hole(long lo, long hi, long rows) {
  static final Hole NONE = new Hole(1, 0, 0);

  long ids() {
    return hi - lo + 1;
  }
}
