package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a run.
 *
 * @param job steps that follow each other and name the same job share one; null is a step without
 *     work of its own: its gate is all there is
 * @param gate what must be open before the step begins
 */
public record Step(String name, @Nullable String job, @Nullable Gate gate) {}
