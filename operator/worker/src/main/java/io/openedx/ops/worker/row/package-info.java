/** One row of the history: its tables, its bytes on the way, its hash. */
@NullMarked
package io.openedx.ops.worker.row;

import org.jspecify.annotations.NullMarked;
