/** The rendered manifests come into the cluster, and what they change is rolled out to the end. */
@NullMarked
package io.openedx.ops.worker.aspects.rollout;

import org.jspecify.annotations.NullMarked;
