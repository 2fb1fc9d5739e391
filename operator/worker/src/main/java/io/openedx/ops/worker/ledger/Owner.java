package io.openedx.ops.worker.ledger;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One process that holds ranges, or one lane of it.
 *
 * @param index its index in the Job: a later process of the same index is its successor
 * @param token unique per process and lane; names it, the epoch is what fences
 * @param since when it joined, by the database's clock: only a later process inherits
 */
public record Owner(int index, String token, String since) {
  private static final AtomicLong LANES = new AtomicLong();

  /**
   * A lane has a name of its own: should the connection break while a claim commits, it finds in
   * the table what it holds without having learned of it.
   */
  Owner lane() {
    return new Owner(index, token + "/" + LANES.incrementAndGet(), since);
  }

  /** What the names of all lanes of this process are LIKE. */
  String lanes() {
    return token + "/%";
  }
}
