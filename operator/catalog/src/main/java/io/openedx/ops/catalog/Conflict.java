package io.openedx.ops.catalog;

/**
 * A Tutor release that pip refuses to install beside some Aspects releases.
 *
 * @param tutor from this one to the end of its major
 * @param since the first Aspects release concerned
 */
public record Conflict(
    String id, Version tutor, Version since, String reason, String remedy, String source) {}
