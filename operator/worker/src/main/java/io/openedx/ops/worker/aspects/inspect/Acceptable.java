package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;

/** A blocker that a human may accept by its name in spec.acceptedRisks; then it is a risk. */
@SuppressWarnings("AnnotateFormatMethod") // would need Error Prone's annotations at run time
final class Acceptable {
  private Acceptable() {}

  static Finding blocker(Look look, String check, String message, Object... args) {
    var said = message.formatted(args);
    return look.site().accepted(check)
        ? Found.risk(check, "%s", said + " (Accepted.)")
        : Found.blocker(
            check,
            "%s",
            said
                + " To go on all the same, add %s to spec.acceptedRisks and set a new spec.retryToken."
                    .formatted(check));
  }
}
