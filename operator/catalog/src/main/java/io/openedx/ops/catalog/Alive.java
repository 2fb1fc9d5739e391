package io.openedx.ops.catalog;

/**
 * A relation that upstream's drop list names although it is in use.
 *
 * @param since the first release whose list does
 * @param repair how it comes back once it was dropped
 */
public record Alive(Relation relation, Version since, String why, String repair, String source) {}
