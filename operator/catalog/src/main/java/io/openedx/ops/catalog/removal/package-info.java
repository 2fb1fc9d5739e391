/**
 * What may be dropped once an upgrade is proven, and why everything else stays: decided from the
 * catalog and from what one server holds. Nothing here talks to a server.
 */
@NullMarked
package io.openedx.ops.catalog.removal;

import org.jspecify.annotations.NullMarked;
