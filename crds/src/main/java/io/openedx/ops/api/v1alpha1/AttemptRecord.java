package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt that ended without success. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AttemptRecord(
    @JsonPropertyDescription("The step.") String step,
    @JsonPropertyDescription("Which try it was, from 1.") int attempt,
    @JsonPropertyDescription("When it ended.") Instant completionTime,
    @JsonPropertyDescription("How the worker ended; absent when it was killed or never ran.")
        @Nullable Integer exitCode,
    @JsonPropertyDescription("One word for how it ended.") String reason,
    @JsonPropertyDescription("What happened.") String message) {}
