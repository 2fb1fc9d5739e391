package io.openedx.ops.catalog.removal;

import org.jspecify.annotations.Nullable;

/**
 * Why something must stay.
 *
 * @param why for humans
 * @param root what began it all; null where that is no relation
 */
record Need(String why, @Nullable TableName root) {}
