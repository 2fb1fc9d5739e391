package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.worker.aspects.program.Script;

/**
 * One script to run in a Job.
 *
 * @param group init, refresh, extra, replay, test or upstream
 * @param number from 1, within its group
 * @param of how many the group has
 */
public record Step(String group, int number, int of, Script script) {
  /** Tells it from the run's other steps. */
  String id() {
    return group + "-" + number;
  }

  /** Whether its Job goes with the runner's: nothing is lost in the middle of it, or less. */
  boolean endsWithRunner() {
    return group.equals("test") || group.equals("upstream");
  }

  String manifest() {
    return script.service() + "-job";
  }

  /** For messages: {@code 3 of 6, aspects-job}. */
  String label() {
    return "%d of %d, %s".formatted(number, of, manifest());
  }
}
