/** Where rows come from that the new table held before we copied: whose they are, and what for. */
@NullMarked
package io.openedx.ops.worker.origin;

import org.jspecify.annotations.NullMarked;
