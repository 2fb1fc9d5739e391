package io.openedx.ops.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a task ended and who must act. The numbers follow sysexits.h; the Job's podFailurePolicy, the
 * conditions' reasons and the messages are built on this one vocabulary.
 */
public enum ExitCode {
  /** Everything asked for is done and proven. */
  DONE(0, Remedy.NOBODY),
  /** Another owner has taken the run over; this one must not write any more. */
  FENCED(42, Remedy.NOBODY),
  /** The data contradicts the plan: a human must look before anything else happens. */
  CONTRADICTION(65, Remedy.HUMAN),
  /** Our own mistake: report it. What was done stays, and trying again goes on from there. */
  BUG(70, Remedy.HUMAN),
  /** The world was not ready (connection, lock, read-only server): trying again is safe. */
  TRANSIENT(75, Remedy.RETRY),
  /** Configuration, grant or capacity is missing: a human must provide it. */
  CONFIGURATION(78, Remedy.HUMAN);

  /** Who can make it go on. */
  public enum Remedy {
    /** Nothing is to be done. */
    NOBODY,
    /** The operator tries again by itself. */
    RETRY,
    /** A human changes something and sets a new retryToken. */
    HUMAN
  }

  private final int code;
  private final Remedy remedy;

  ExitCode(int code, Remedy remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }

  /** Who must act. */
  public Remedy remedy() {
    return remedy;
  }

  /** The constant of an exit status; empty for a status that no worker returns (137: killed). */
  public static Optional<ExitCode> of(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }
}
