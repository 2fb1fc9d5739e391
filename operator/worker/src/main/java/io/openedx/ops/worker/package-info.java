/** The program in a Job's pod: sees databases, and Kubernetes only through the progress sink. */
@NullMarked
package io.openedx.ops.worker;

import org.jspecify.annotations.NullMarked;
