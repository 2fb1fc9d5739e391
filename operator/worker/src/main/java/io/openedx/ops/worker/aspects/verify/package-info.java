/** The proof that the site is what was wanted. */
@NullMarked
package io.openedx.ops.worker.aspects.verify;

import org.jspecify.annotations.NullMarked;
