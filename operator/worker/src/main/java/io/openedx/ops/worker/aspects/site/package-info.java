/**
 * The site as Kubernetes has it: config.yml, workloads, rendered manifests, what a run hands on
 * from one pod to the next.
 */
@NullMarked
package io.openedx.ops.worker.aspects.site;

import org.jspecify.annotations.NullMarked;
