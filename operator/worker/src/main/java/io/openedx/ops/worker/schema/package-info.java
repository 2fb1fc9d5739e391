/** What the two tables look like, what they must look like, and making the new one. */
@NullMarked
package io.openedx.ops.worker.schema;

import org.jspecify.annotations.NullMarked;
