/**
 * What a task is: it gets a context, ends with a result or with a failure that says who must act.
 */
@NullMarked
package io.openedx.ops.worker.task;

import org.jspecify.annotations.NullMarked;
