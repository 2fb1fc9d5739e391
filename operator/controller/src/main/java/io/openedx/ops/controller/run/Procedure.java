package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a kind: its steps for one spec, and the words for them. */
public interface Procedure {
  /** Why nothing may be done at all: the spec holds what this version does not know. */
  Optional<Reason> refusal();

  /** All steps in their order, also those that this run leaves out; the first makes the plan. */
  List<Step> steps();

  /** Why a step is not part of this run. */
  Optional<Reason> left(Step step);

  /** Which step a worker's task is. */
  Optional<String> stepOf(Task task);

  /** The step whose success proves the result. */
  String proof();

  /** Where a human's retry begins when this step has failed in this way. */
  String restartAt(StepStatus failed);

  /**
   * What will be done.
   *
   * @param looked the first step with its evidence
   */
  Plan plan(StepStatus looked, List<String> risks);

  /** The Lease that runs of the same target share. */
  String lease();

  String from();

  String to();

  /** What a human consents to by opening this gate. */
  String consent(Gate gate);

  /** What a step is doing, for example Copying. */
  String doing(String step);

  /** What the end means for the site. */
  String finished(List<StepStatus> steps);

  /** What is done, what is left and how to go on after a cancel. */
  String abandoned(List<StepStatus> steps);

  /**
   * One word and a sentence.
   *
   * @param reason CamelCase, stable
   */
  record Reason(String reason, String message) {
    /** Null-safe for the compiler: a reason of a step that may have none. */
    static Reason of(@Nullable String reason, @Nullable String message) {
      return new Reason(reason == null ? "Unknown" : reason, message == null ? "" : message);
    }
  }
}
