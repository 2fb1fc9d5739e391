/** What Superset, in its own database, knows of what it reads. */
@NullMarked
package io.openedx.ops.worker.aspects.superset;

import org.jspecify.annotations.NullMarked;
