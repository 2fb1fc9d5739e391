package io.openedx.ops.catalog.resolve;

import io.openedx.ops.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, and on what site.
 *
 * @param version as written in the resource: three numbers or {@code latest}
 * @param tutor the site's Tutor
 * @param installed the Aspects that runs there; null while it is not known
 * @param begun where an upgrade that was begun and never proven goes to; null if there is none
 */
public record Wish(
    String version, Version tutor, @Nullable Version installed, @Nullable Version begun) {
  /** The word for the newest release that fits the site. */
  public static final String LATEST = "latest";
}
