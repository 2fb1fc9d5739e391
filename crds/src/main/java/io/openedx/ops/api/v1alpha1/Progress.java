package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the step under way is; a mirror of the truth in the database. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Progress(
    @JsonPropertyDescription("Whole percent, rounded down: 100 means done.") int percent,
    @JsonPropertyDescription("How many units are done.") long done,
    @JsonPropertyDescription("How many units there are.") long total,
    @JsonPropertyDescription("What is counted: rows or ids.") String unit,
    @JsonPropertyDescription("Units per second, smoothed, rounded to whole units.") long rate,
    @PrinterColumn(name = "ETA")
        @JsonPropertyDescription("How long the step will still take, for example 2h13m.")
        @Nullable String eta,
    @JsonPropertyDescription("When the step will be done at this rate.") @Nullable Instant etaTime,
    @JsonPropertyDescription("When progress was last seen.") @Nullable Instant lastProgressTime,
    @JsonPropertyDescription("Why it is slow or waiting, if it is.") @Nullable String note) {}
