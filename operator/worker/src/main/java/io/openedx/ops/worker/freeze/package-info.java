/** The moment from which the old table receives no more rows, and the ids fixed then. */
@NullMarked
package io.openedx.ops.worker.freeze;

import org.jspecify.annotations.NullMarked;
