/**
 * One look at the whole site before anything is decided: cluster, config.yml, Tutor, ClickHouse.
 */
@NullMarked
package io.openedx.ops.worker.aspects.look;

import org.jspecify.annotations.NullMarked;
