package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Phase;

/**
 * What a standing means to those who watch: the table of states, once.
 *
 * @param succeeded Unknown while the run may still go on by itself or by a human
 * @param reason of Succeeded, Reconciling and Stalled
 * @param ended nothing more happens unless the spec asks for more
 */
record Outlook(
    Phase phase,
    String succeeded,
    boolean reconciling,
    boolean stalled,
    boolean ended,
    String reason,
    String message) {

  static Outlook of(Standing standing, String step) {
    if (standing instanceof Standing.Working working) {
      return open(Phase.RUNNING, true, step, working.message());
    }
    if (standing instanceof Standing.Retrying retrying) {
      return open(Phase.RETRYING, true, "StepRetrying", retrying.message());
    }
    if (standing instanceof Standing.Awaiting awaiting) {
      return open(Phase.AWAITING_APPROVAL, false, "ApprovalRequired", awaiting.message());
    }
    if (standing instanceof Standing.Paused paused) {
      return open(Phase.PAUSED, false, "Paused", paused.message());
    }
    if (standing instanceof Standing.Queued queued) {
      return open(Phase.QUEUED, true, "Queued", queued.message());
    }
    if (standing instanceof Standing.Cancelling cancelling) {
      return open(Phase.RUNNING, true, "Cancelling", cancelling.message());
    }
    if (standing instanceof Standing.Blocked blocked) {
      return new Outlook(
          Phase.BLOCKED, "Unknown", false, true, false, blocked.reason(), blocked.message());
    }
    if (standing instanceof Standing.Planned planned) {
      return new Outlook(
          Phase.PLANNED, "True", false, false, true, "PlanWritten", planned.message());
    }
    if (standing instanceof Standing.Done done) {
      return new Outlook(Phase.SUCCEEDED, "True", false, false, true, "Completed", done.message());
    }
    if (standing instanceof Standing.Cancelled cancelled) {
      return new Outlook(
          Phase.CANCELLED, "False", false, true, true, "Cancelled", cancelled.message());
    }
    throw new IllegalStateException("a standing without a place in the table: " + standing);
  }

  private static Outlook open(Phase phase, boolean reconciling, String reason, String message) {
    return new Outlook(phase, "Unknown", reconciling, false, false, reason, message);
  }

  /** The message for a condition: figures, which change every two seconds, stay out of it. */
  String calmMessage() {
    return phase == Phase.RUNNING ? "Under way: " + reason + "." : message;
  }
}
