package io.openedx.ops.worker.origin;

/** Where a row of the new table comes from that the old one does not hold equally at its id. */
public enum Origin {
  /** A copy whose original was changed afterwards. */
  CHANGED,
  /** A copy whose original went together with its learner's state. */
  DELETED,
  /** A copy whose original went in another way: it may be the only one there is. */
  LOST,
  /** A copy from below the lowest id of the old table, as a slow delete leaves them: the same. */
  BELOW,
  /** The site's own row, or what may be one. */
  FOREIGN;

  /** Later than any row. */
  static final String NEVER = "9999-12-31 23:59:59.999999";

  /**
   * Of an id that both tables hold. The site's own row would belong to another state, or be younger
   * than the old row whose id it took.
   */
  public static Origin ofDifferent(Trace row, Trace old) {
    return row.state() == old.state() && row.created().compareTo(old.created()) <= 0
        ? CHANGED
        : FOREIGN;
  }

  /**
   * Of an id that only the new table holds; LOST where only the learner's state can tell more.
   *
   * @param ownSince when the site's first own row above the old ids was created
   */
  static Origin ofExtra(Trace row, Neighbours around, String ownSince) {
    if (!around.fit(row.created()) || row.created().compareTo(ownSince) >= 0) {
      return FOREIGN;
    }
    return around.below().isEmpty() ? BELOW : LOST;
  }
}
