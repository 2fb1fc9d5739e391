package io.openedx.ops.contract;

/**
 * What one preflight check says.
 *
 * @param check name of the check: CamelCase, stable
 * @param message a sentence to act on
 */
public record Finding(String check, Severity severity, String message) {

  /** How much it matters; declared from worst to best. */
  public enum Severity {
    /** The run cannot start. */
    BLOCKER,
    /** The run can start; the plan names it as a risk. */
    RISK,
    /** Looked at and fine. */
    OK
  }
}
