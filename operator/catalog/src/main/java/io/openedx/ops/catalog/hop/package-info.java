/** What an upgrade from one release to another crosses, and what that asks for. */
@NullMarked
package io.openedx.ops.catalog.hop;

import org.jspecify.annotations.NullMarked;
