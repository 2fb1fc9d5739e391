package io.openedx.ops.worker.throttle;

/**
 * A reason to wait.
 *
 * @param why for the status: what is the matter, and what to do unless it passes by itself
 */
public record Hold(Kind kind, String why) {
  /** What it takes to go on, the worse the later. */
  public enum Kind {
    /** A moment: our own limit. */
    PACED,
    /** A server at work, which gets done. */
    BUSY,
    /** Something that may want a hand: standing still for it too long calls a human. */
    FAULT
  }

  static Hold paced(String why) {
    return new Hold(Kind.PACED, why);
  }

  /** Until something was looked at for the first time: too short for a word. */
  static Hold first() {
    return paced("");
  }

  static Hold busy(String why) {
    return new Hold(Kind.BUSY, "waiting: " + why);
  }

  static Hold fault(String why) {
    return new Hold(Kind.FAULT, "waiting: " + why);
  }
}
