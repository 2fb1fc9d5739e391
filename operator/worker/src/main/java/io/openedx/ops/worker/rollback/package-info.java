/**
 * The way back of writes: the site writes to the old table again, and what it wrote meanwhile is
 * there.
 */
@NullMarked
package io.openedx.ops.worker.rollback;

import org.jspecify.annotations.NullMarked;
