@NullMarked
package io.openedx.ops.catalog.removal;

import org.jspecify.annotations.NullMarked;
