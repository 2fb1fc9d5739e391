package io.openedx.ops.worker.task;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;

/** Short for findings, so that a check reads as what it finds. */
@SuppressWarnings("AnnotateFormatMethod") // would need Error Prone's annotations at run time
public final class Found {
  private Found() {}

  public static Finding blocker(String check, String message, Object... args) {
    return new Finding(check, Severity.BLOCKER, message.formatted(args));
  }

  public static Finding risk(String check, String message, Object... args) {
    return new Finding(check, Severity.RISK, message.formatted(args));
  }

  public static Finding ok(String check, String message, Object... args) {
    return new Finding(check, Severity.OK, message.formatted(args));
  }
}
