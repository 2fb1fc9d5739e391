/** Compares both tables by hashes the servers compute, down to the rows, and repairs on request. */
@NullMarked
package io.openedx.ops.worker.compare;

import org.jspecify.annotations.NullMarked;
