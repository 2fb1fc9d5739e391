/**
 * Tutor's Jobs, made by us from the rendered manifests: so that they can be adopted, watched,
 * bounded in time and continued at the one that failed.
 */
@NullMarked
package io.openedx.ops.worker.aspects.init;

import org.jspecify.annotations.NullMarked;
