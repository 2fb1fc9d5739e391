package io.openedx.ops.controller;

import java.time.Clock;

/**
 * What reconcilers are given from outside.
 *
 * @param lockNamespace where the Leases of all targets lie
 */
record Surroundings(
    Clock clock,
    OperatorConfig config,
    String lockNamespace,
    FirstReconcile first,
    RunMetrics metrics) {}
