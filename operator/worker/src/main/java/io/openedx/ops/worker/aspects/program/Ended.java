package io.openedx.ops.worker.aspects.program;

/**
 * How a program ended.
 *
 * @param out its standard output as it was, not redacted: for parsing only
 * @param errors the last lines of its standard error, redacted
 */
public record Ended(int status, String out, String errors) {
  /** Standard output may hold secrets. */
  @Override
  public String toString() {
    return "Ended[status=" + status + "]";
  }

  public boolean well() {
    return status == 0;
  }
}
