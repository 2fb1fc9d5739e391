/**
 * The row copy: lanes move chunks of ranges, each in one transaction of the target together with
 * its progress, so that every row arrives exactly once whatever is killed and whenever.
 */
@NullMarked
package io.openedx.ops.worker.copy;

import org.jspecify.annotations.NullMarked;
