/**
 * The severed replica that Copy may read from in the source's place: whether it is one, and what of
 * it can be trusted.
 */
@NullMarked
package io.openedx.ops.worker.replica;

import org.jspecify.annotations.NullMarked;
