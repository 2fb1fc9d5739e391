package io.openedx.ops.catalog;

/** A tag that must not be installed, and the release to take instead. */
public record KnownBad(Version version, String reason, Version instead, String source) {}
