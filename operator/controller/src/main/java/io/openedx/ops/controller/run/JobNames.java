package io.openedx.ops.controller.run;

/**
 * Names of Jobs: {@code history-move-2-1a2b3c4d}. The digits at the end are the run's: a resource
 * that is deleted and made anew under its old name never meets the Jobs of its predecessor.
 */
public final class JobNames {
  /** A pod's name adds its index and five letters; all of it must fit into 63 characters. */
  private static final int MAX = 52;

  private static final int MAX_RUN = 30;

  private JobNames() {}

  static String of(String run, String job, int attempt, String uid) {
    var end = "-" + job + "-" + attempt + suffix(uid);
    var room = Math.min(MAX_RUN, MAX - end.length());
    var start = run.length() <= room ? run : run.substring(0, room);
    return start.replace('.', '-').replaceAll("-+$", "") + end;
  }

  /** Whether this run may have made a Job of this name. */
  public static boolean belongs(String job, String uid) {
    return job.endsWith(suffix(uid));
  }

  private static String suffix(String uid) {
    return "-" + Hashes.sha256(uid).substring(0, 8);
  }
}
