/** What a run has proven, for people and programs alike. */
@NullMarked
package io.openedx.ops.worker.aspects.report;

import org.jspecify.annotations.NullMarked;
