/**
 * Which rows a table holds, told by their keys: merges, retries and new events do not change that.
 */
@NullMarked
package io.openedx.ops.worker.aspects.rows;

import org.jspecify.annotations.NullMarked;
