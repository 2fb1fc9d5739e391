package io.openedx.ops.controller.run;

import java.util.List;

/**
 * One try of a row of steps that share a Job.
 *
 * @param jobName a function of the run, the job and the number, so that making it twice is harmless
 * @param number from 1, per job
 * @param steps what is still to be done, in order
 */
public record Attempt(String jobName, String job, int number, List<String> steps) {
  public Attempt {
    steps = List.copyOf(steps);
  }
}
