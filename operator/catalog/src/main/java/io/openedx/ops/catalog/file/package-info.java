/**
 * Reads the catalog: YAML, laid over by a site's own, checked by a schema and then for what a
 * schema cannot say. Every problem names the place, what stands there and what to write.
 */
@NullMarked
package io.openedx.ops.catalog.file;

import org.jspecify.annotations.NullMarked;
