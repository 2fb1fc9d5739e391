package io.openedx.ops.catalog;

import org.jspecify.annotations.Nullable;

/**
 * An image that a site runs.
 *
 * @param name without tag
 * @param tag may hold {@code {version}}, {@code {clickhouse}}, {@code {ralph}}, {@code {vector}},
 *     {@code {tutor}} or {@code {mfe}}
 * @param setting the key in config.yml that overrides name and tag
 * @param target its name for {@code tutor images build}; null where it is not built
 */
public record Image(
    String id, String name, String tag, String setting, @Nullable String target, String source) {}
