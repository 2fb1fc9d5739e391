/** Jobs in both directions: from an attempt to a Job, from a Job and its pods to a JobState. */
@NullMarked
package io.openedx.ops.controller.jobs;

import org.jspecify.annotations.NullMarked;
