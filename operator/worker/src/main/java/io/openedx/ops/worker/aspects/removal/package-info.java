/**
 * Drops what the new version no longer needs: a plan that a human approves, carried out one
 * statement at a time, each after another look at the server.
 */
@NullMarked
package io.openedx.ops.worker.aspects.removal;

import org.jspecify.annotations.NullMarked;
