/** How a worker tells how far it is; the only place that knows Kubernetes. */
@NullMarked
package io.openedx.ops.worker.progress;

import org.jspecify.annotations.NullMarked;
