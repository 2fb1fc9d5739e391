/** What the LMS and CMS say about themselves, and whether that is what a migration needs. */
@NullMarked
package io.openedx.ops.worker.site;

import org.jspecify.annotations.NullMarked;
