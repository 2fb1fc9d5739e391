package io.openedx.ops.testbed;

/** The tests of one JVM, by whose number the servers go that are theirs alone. */
public final class TestRun {
  private static final String PID = Long.toString(ProcessHandle.current().pid());

  static {
    // Numbers come again, soon after a machine has started: a killed run's data would be ours.
    LocalScript.run("sweep", PID);
  }

  private TestRun() {}

  /** The name of a server; there is none of that name yet. */
  public static String own(String name) {
    return "test-" + PID + "-" + name;
  }
}
