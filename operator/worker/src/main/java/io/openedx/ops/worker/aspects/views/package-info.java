/** Views of ClickHouse that refresh themselves by the clock. */
@NullMarked
package io.openedx.ops.worker.aspects.views;

import org.jspecify.annotations.NullMarked;
