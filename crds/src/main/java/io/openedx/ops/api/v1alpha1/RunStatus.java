package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator reports, the same for both kinds; it is also its write-ahead log: an attempt
 * stands in {@link #steps()} before its Job exists.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1 until the operator has seen"
                + " the resource.")
        @Nullable Long observedGeneration,
    @PrinterColumn(name = "PHASE")
        @JsonPropertyDescription(
            "The run in one word, for humans: Queued, Running, Retrying, AwaitingApproval, Paused,"
                + " Blocked, Planned, Succeeded or Cancelled. Programs read the conditions.")
        @Nullable Phase phase,
    @JsonPropertyDescription("The run in a few short strings.") @Nullable Summary summary,
    @JsonPropertyDescription(
            "When the operator first saw the run; from then on its procedure fields are frozen.")
        @Nullable Instant startTime,
    @JsonPropertyDescription("When the run reached its end.") @Nullable Instant completionTime,
    @JsonPropertyDescription("How far the step under way is.") @Nullable Progress progress,
    @JsonPropertyDescription("What the run will do, written before it does it.")
        @Nullable PlanStatus plan,
    @JsonPropertyDescription("The steps in their order, with times and evidence.")
        @ListMap("name")
        @Size(max = 64)
        List<StepStatus> steps,
    @JsonPropertyDescription("The attempts that ended without success, latest last; at most 10.")
        List<AttemptRecord> history,
    @JsonPropertyDescription("The last spec.retryToken that was acted on.")
        @Nullable String observedRetryToken,
    @JsonPropertyDescription(
            "Succeeded (Unknown while running), Reconciling, Stalled (a human must act), Paused,"
                + " ApprovalRequired, LockAcquired, Verified.")
        @ListMap("type")
        List<Condition> conditions) {

  public RunStatus {
    steps = steps == null ? List.of() : List.copyOf(steps);
    history = history == null ? List.of() : List.copyOf(history);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The status of a run that the operator has not seen yet. */
  public static final RunStatus NONE =
      new RunStatus(
          null, null, null, null, null, null, null, List.of(), List.of(), null, List.of());
}
