/**
 * How a run goes, whatever its kind: from what was observed to what is to be done and reported.
 * Everything here is a function of {@link io.openedx.ops.controller.run.Observed} and the time; no
 * client, no clock, no database.
 */
@NullMarked
package io.openedx.ops.controller.run;

import org.jspecify.annotations.NullMarked;
