package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a run.
 *
 * @param job steps that follow each other and name the same job share one; null is a step without
 *     work of its own: its gate is all there is
 * @param gate what must be open before the step begins
 * @param owed the run may not rest before this step is done; null for most steps
 */
public record Step(String name, @Nullable String job, @Nullable Gate gate, @Nullable Owed owed) {
  public Step(String name, @Nullable String job, @Nullable Gate gate) {
    this(name, job, gate, null);
  }

  /**
   * What one step leaves behind, another must make good, whatever happens between the two.
   *
   * @param since the step that leaves it behind
   * @param job what makes it good in a Job of its own, when the run stops before its turn
   */
  public record Owed(String since, String job) {}
}
