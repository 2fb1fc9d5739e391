/**
 * The run's memory: control tables in the target's schema, so that rows and progress commit in one
 * transaction. Only the database's clock counts, and only the epoch decides who may write.
 */
@NullMarked
package io.openedx.ops.worker.ledger;

import org.jspecify.annotations.NullMarked;
