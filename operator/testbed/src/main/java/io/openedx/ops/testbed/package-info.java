/**
 * Real parts for tests, brought up by {@code deploy/local}: the cluster and MySQL servers. Tests do
 * not know where they come from.
 */
@NullMarked
package io.openedx.ops.testbed;

import org.jspecify.annotations.NullMarked;
