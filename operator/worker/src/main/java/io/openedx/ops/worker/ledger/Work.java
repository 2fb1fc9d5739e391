package io.openedx.ops.worker.ledger;

/**
 * Which ranges still have something to do.
 *
 * @param due a condition on a row of the range table
 */
public record Work(String due) {
  /** Ranges with ids that are not copied. */
  public static Work copy() {
    return new Work("next_id <= hi");
  }

  /** Ranges that a pass has not compared to their end on the server that is asked. */
  public static Work compare(long pass) {
    return new Work(
        "(pass < %1$d OR (pass = %1$d AND (compared_to <= hi OR NOT compared_on <=> @@server_uuid)))"
            .formatted(pass));
  }

  /** Ranges whose rows are not all removed from the old table. */
  public static Work drain() {
    return new Work("COALESCE(drained_to, lo) <= hi");
  }

  /**
   * Ranges with rows to drain that were not verified since a time, or on another server: a replica
   * that was promoted may lack what its primary had.
   *
   * @param since a time of the database's clock, as it prints it
   */
  public static Work prove(String since) {
    if (!since.matches("[0-9:. -]+")) {
      throw new IllegalArgumentException("not a time: " + since);
    }
    return new Work(
        ("(COALESCE(drained_to, lo) <= hi AND (verified_at IS NULL OR verified_at < '%s'"
                + " OR NOT verified_on <=> @@server_uuid))")
            .formatted(since));
  }
}
