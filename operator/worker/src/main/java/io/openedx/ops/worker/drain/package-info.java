/** Empties the old table: only rows that the new table provably holds. */
@NullMarked
package io.openedx.ops.worker.drain;

import org.jspecify.annotations.NullMarked;
