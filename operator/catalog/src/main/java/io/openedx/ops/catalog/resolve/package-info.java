/** From what was asked for to one release, or to the reason why not. */
@NullMarked
package io.openedx.ops.catalog.resolve;

import org.jspecify.annotations.NullMarked;
