package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a kind: its steps for one spec, and the words for them. */
public interface Procedure {
  /** Why nothing may be done at all: the spec holds what this version does not know. */
  Optional<Reason> refusal();

  /** All steps in their order, also those that this run leaves out; the first makes the plan. */
  List<Step> steps();

  /**
   * Why a step is not part of this run.
   *
   * @param steps all, in their order: perhaps one of them has found that there is nothing to do
   */
  Optional<Reason> left(Step step, List<StepStatus> steps);

  /** When a step may begin at the earliest; empty where it need not wait. */
  Optional<Instant> notBefore(Step step, List<StepStatus> steps);

  /** What a step must wait for beyond its gate; empty where it may begin. */
  Optional<Hold> hold(StepStatus next, List<StepStatus> steps, Instant now);

  /** What must be done again before the run may go on; empty while all that was proven holds. */
  Optional<Undone> undone(List<StepStatus> steps);

  /** What the pods of a step read, as ConfigMaps; written before its Job is made. */
  List<Action.WriteText> documents(String step);

  /** Whether a step looks and makes the plan; without its report nothing may go on. */
  boolean plans(String step);

  /** Which step a worker's task is. */
  Optional<String> stepOf(Task task);

  /** The step whose success proves the result. */
  String proof();

  /** Where a human's retry begins when this step has failed in this way. */
  String restartAt(StepStatus failed);

  /** Whether what a step that plans has reported is enough to go on; null when it was lost. */
  boolean suffices(@Nullable TaskReport report);

  /**
   * What will be done; empty when the plan that was made before holds.
   *
   * @param looked the first step with its evidence
   * @param found what a step that plans has reported just now, if it has
   */
  Optional<Plan> plan(StepStatus looked, List<String> risks, Optional<TaskReport> found);

  /** The Lease that runs of the same target share. */
  String lease();

  /** What they share, in words. */
  String target();

  String from(StepStatus looked);

  String to(StepStatus looked);

  /** What a human consents to by opening this gate. */
  String consent(Gate gate);

  /** Why a human must open this gate, whatever the policy says. */
  Optional<String> insists(Gate gate, StepStatus looked);

  /** What a step is doing, for example Copying. */
  String doing(String step);

  /** What the end means for the site. */
  String finished(List<StepStatus> steps);

  /** What is done, what is left and how to go on after a cancel. */
  String abandoned(List<StepStatus> steps);

  /** What else may help when this step has failed, beyond its own message; one line each. */
  List<String> advice(StepStatus failed, List<StepStatus> steps);

  /**
   * One word and a sentence.
   *
   * @param reason CamelCase, stable
   */
  record Reason(String reason, String message) {
    /** Of a field whose value this version does not know. */
    public static Optional<Reason> unknown(String field, @Nullable Object value) {
      return value != null
          ? Optional.empty()
          : Optional.of(
              new Reason(
                  "UnknownConstant",
                  "spec.%s holds a value that this version of the operator does not know: the CRD is newer than the operator. Nothing was done. Upgrade the operator; it goes on by itself."
                      .formatted(field)));
    }

    /** Null-safe for the compiler: a reason of a step that may have none. */
    static Reason of(@Nullable String reason, @Nullable String message) {
      return new Reason(reason == null ? "Unknown" : reason, message == null ? "" : message);
    }
  }
}
