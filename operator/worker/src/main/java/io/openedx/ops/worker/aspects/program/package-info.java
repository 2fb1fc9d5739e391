/**
 * Child processes: {@code tutor} and {@code kubectl}, run with lists of arguments, never by a
 * shell. What they say passes the {@link io.openedx.ops.worker.aspects.program.Redactor} before
 * anybody sees it.
 */
@NullMarked
package io.openedx.ops.worker.aspects.program;

import org.jspecify.annotations.NullMarked;
