/** The only code that writes to the cluster, but for status. */
@NullMarked
package io.openedx.ops.controller.effects;

import org.jspecify.annotations.NullMarked;
