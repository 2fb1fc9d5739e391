package io.openedx.ops.worker.aspects.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What came out of a look; declared from worst to best. */
public enum Verdict {
  /** It is not as it must be: the run stops. */
  DIFFERS("differs"),
  /** It may be all right, and a human should look. */
  DOUBTFUL("doubtful"),
  /** Nothing can be said, for a reason that lies in the data; nobody need act. */
  UNCOMPARED("not compared"),
  PROVEN("proven");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}
