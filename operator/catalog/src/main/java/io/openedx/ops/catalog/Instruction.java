package io.openedx.ops.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Something that a human must know when a release boundary is crossed.
 *
 * @param id stable name
 * @param at a hop crosses it when it starts before and ends at or after this release
 * @param only the pipeline it is for; null for both
 * @param gate true where a human must decide or do something: the plan waits for an approval
 * @param link where upstream says it; null where only we do
 */
public record Instruction(
    String id,
    Version at,
    @Nullable Pipeline only,
    boolean gate,
    String title,
    String text,
    @Nullable String link,
    String source) {}
