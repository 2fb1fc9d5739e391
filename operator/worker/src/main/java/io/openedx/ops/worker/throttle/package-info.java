/**
 * What holds lanes back: a list of brakes, each of which looks at something and says why to wait.
 * They are asked between two chunks, never inside a transaction.
 */
@NullMarked
package io.openedx.ops.worker.throttle;

import org.jspecify.annotations.NullMarked;
