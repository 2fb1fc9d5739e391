/** Connections to MySQL, quoting, and what its errors mean. */
@NullMarked
package io.openedx.ops.worker.db;

import org.jspecify.annotations.NullMarked;
