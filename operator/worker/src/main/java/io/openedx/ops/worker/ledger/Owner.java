package io.openedx.ops.worker.ledger;

/**
 * One process that holds ranges.
 *
 * @param index its index in the Job: a later process of the same index is its successor
 * @param token unique per process; names it, the epoch is what fences
 * @param since when it joined, by the database's clock: only a later process inherits
 */
public record Owner(int index, String token, String since) {}
