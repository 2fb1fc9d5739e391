package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import java.util.List;
import java.util.Set;

/** What a blocker means for who must act. */
final class Verdict {
  /** The rows themselves contradict the plan. */
  private static final Set<String> CONTRADICTIONS =
      Set.of("IdCollision", "OriginalsGone", "NegativeIds", "NegativeModuleIds");

  /** The world is not ready: it is tried again by itself. */
  private static final Set<String> TRANSIENT = Set.of("ServerUnreachable");

  /** The exit code and the blocker that gives the reason. */
  record Ending(ExitCode exitCode, Finding because) {}

  private Verdict() {}

  /** What needs a hand comes before what needs thought, and both before mere waiting. */
  static Ending of(List<Finding> blockers) {
    for (var wanted : List.of(ExitCode.CONFIGURATION, ExitCode.CONTRADICTION, ExitCode.TRANSIENT)) {
      for (var blocker : blockers) {
        if (exitCode(blocker) == wanted) {
          return new Ending(wanted, blocker);
        }
      }
    }
    throw new IllegalArgumentException("no blocker");
  }

  private static ExitCode exitCode(Finding blocker) {
    if (CONTRADICTIONS.contains(blocker.check())) {
      return ExitCode.CONTRADICTION;
    }
    return TRANSIENT.contains(blocker.check()) ? ExitCode.TRANSIENT : ExitCode.CONFIGURATION;
  }
}
