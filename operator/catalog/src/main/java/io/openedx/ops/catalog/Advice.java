package io.openedx.ops.catalog;

/**
 * A sentence that a human should read before going to one of some releases.
 *
 * @param since the first of them
 * @param before the first after them
 */
public record Advice(String id, Version since, Version before, String text, String source) {
  /** True when it is for that release. */
  public boolean isFor(Version version) {
    return version.isAtLeast(since) && version.isBefore(before);
  }
}
