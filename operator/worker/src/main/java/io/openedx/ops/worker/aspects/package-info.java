/**
 * AspectsUpgrade: runs in the site's runner image beside {@code tutor} and {@code kubectl}. Of this
 * program's other half, the copy engine for MySQL, nothing is used here.
 */
@NullMarked
package io.openedx.ops.worker.aspects;

import org.jspecify.annotations.NullMarked;
