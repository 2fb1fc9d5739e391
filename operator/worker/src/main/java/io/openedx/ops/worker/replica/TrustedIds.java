package io.openedx.ops.worker.replica;

import io.openedx.ops.worker.row.IdSpan;

/**
 * Up to which id rows are read from a severed replica: a margin below its highest one.
 *
 * <p>A row takes its id when it is inserted and shows when its transaction commits, so of the
 * newest ids some were on their way when the replica was severed, and it will never have them. The
 * margin is createTable.autoIncrementMargin: more than the site writes in hours is more than it
 * writes while one transaction is open. It only saves work. Whatever is missing, changed or deleted
 * below it all the same is found by Reconcile, which asks the source for every id.
 */
public record TrustedIds(long through) {

  /**
   * Of a replica.
   *
   * @param ids of its old table
   * @param margin ids that are not trusted, counted down from the highest
   */
  public static TrustedIds of(IdSpan ids, long margin) {
    return new TrustedIds(ids.empty() ? Long.MIN_VALUE : ids.max() - margin);
  }

  /** Its row is read from the replica. */
  public boolean has(long id) {
    return id <= through;
  }
}
