package io.openedx.ops.catalog.removal;

import org.jspecify.annotations.Nullable;

/**
 * Why something must stay.
 *
 * @param why for humans
 * @param root the relation that began it all; null where that is an outsider
 * @param outsider that began it all; null where that is a relation
 */
record Need(String why, @Nullable TableName root, @Nullable Outsider outsider) {}
