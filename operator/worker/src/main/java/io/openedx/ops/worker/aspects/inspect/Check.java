package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import java.util.List;

/** One question about the site. Reads only. */
@FunctionalInterface
interface Check {
  /** What was found, each a sentence to act on; empty when there is nothing to say. */
  List<Finding> findings(Look look);
}
