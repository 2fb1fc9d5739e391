/** The events of a site whose pipeline goes from Ralph to Vector. */
@NullMarked
package io.openedx.ops.worker.aspects.move;

import org.jspecify.annotations.NullMarked;
