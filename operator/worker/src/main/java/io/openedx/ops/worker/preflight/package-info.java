/** A read-only look at the servers: one class per check, each with a sentence to act on. */
@NullMarked
package io.openedx.ops.worker.preflight;

import org.jspecify.annotations.NullMarked;
