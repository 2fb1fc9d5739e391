/**
 * The wire format between controller and worker: a {@link io.openedx.ops.contract.WorkOrder} goes
 * in as a JSON file, a {@link io.openedx.ops.contract.WorkerState} comes back by ConfigMap and
 * termination message, an {@link io.openedx.ops.contract.ExitCode} says who must act. No secret
 * ever passes here.
 */
@NullMarked
package io.openedx.ops.contract;

import org.jspecify.annotations.NullMarked;
