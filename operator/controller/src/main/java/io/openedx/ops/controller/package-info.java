/**
 * The operator: sees Kubernetes, not databases. Each kind has one reconciler that reads as a table
 * of contents: observe, decide, apply, report.
 */
@NullMarked
package io.openedx.ops.controller;

import org.jspecify.annotations.NullMarked;
