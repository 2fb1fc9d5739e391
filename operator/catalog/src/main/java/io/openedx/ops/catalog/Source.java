package io.openedx.ops.catalog;

/**
 * Where facts come from.
 *
 * @param recomputed true when a test computes them again from packages of the registry
 */
public record Source(String id, String what, boolean recomputed) {}
