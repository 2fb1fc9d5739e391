/** Every image that the new environment names exists, or is built; what is in it is recorded. */
@NullMarked
package io.openedx.ops.worker.aspects.images;

import org.jspecify.annotations.NullMarked;
