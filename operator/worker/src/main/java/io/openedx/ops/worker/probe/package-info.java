/** What containers of the site's own image have answered. */
@NullMarked
package io.openedx.ops.worker.probe;

import org.jspecify.annotations.NullMarked;
