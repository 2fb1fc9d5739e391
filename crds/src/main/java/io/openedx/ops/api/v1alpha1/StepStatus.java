package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One step of the run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepStatus(
    @Required @JsonPropertyDescription("Its name.") String name,
    @Required @JsonPropertyDescription("Pending, Running, Waiting, Succeeded, Failed or Skipped.")
        StepState state,
    @JsonPropertyDescription("Which try this is, from 1; 0 before the first.") int attempt,
    @JsonPropertyDescription("When this attempt began.") @Nullable Instant startTime,
    @JsonPropertyDescription("When this attempt ended.") @Nullable Instant completionTime,
    @JsonPropertyDescription("The Job of this attempt; a Job may serve several steps.")
        @Nullable String jobName,
    @JsonPropertyDescription(
            "The Job's uid, once it was seen: a Job that is known and gone was removed by someone.")
        @Nullable String jobUID,
    @JsonPropertyDescription(
            "How the worker ended: 0 done, 42 fenced, 65 the data contradicts the plan, 70 a bug,"
                + " 75 transient, 78 configuration or grant.")
        @Nullable Integer exitCode,
    @JsonPropertyDescription("One word for how it ended.") @Nullable String reason,
    @JsonPropertyDescription("What happened, what it means, what to do.") @Nullable String message,
    @JsonPropertyDescription("What was measured to prove the result.")
        Map<String, String> evidence) {

  public StepStatus {
    evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /** A step that has not begun. */
  public static StepStatus pending(String name) {
    return new StepStatus(
        name, StepState.PENDING, 0, null, null, null, null, null, null, null, Map.of());
  }
}
