/** Preflight of an upgrade: one check per class, the plan, and nothing that writes. */
@NullMarked
package io.openedx.ops.worker.aspects.inspect;

import org.jspecify.annotations.NullMarked;
