/** What must be safe, finished and readable before the site is touched. */
@NullMarked
package io.openedx.ops.worker.aspects.backup;

import org.jspecify.annotations.NullMarked;
