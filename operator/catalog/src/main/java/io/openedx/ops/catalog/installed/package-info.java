/** Which release a site runs, from what it shows: several signals that may disagree. */
@NullMarked
package io.openedx.ops.catalog.installed;

import org.jspecify.annotations.NullMarked;
