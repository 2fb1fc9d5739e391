package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import org.jspecify.annotations.Nullable;

/** The run in a few short strings. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Summary(
    @PrinterColumn(name = "STEP")
        @JsonPropertyDescription("The current step and its place, for example 5/8 Copy.")
        @Nullable String step,
    @PrinterColumn(name = "PROGRESS")
        @JsonPropertyDescription("How far it is, for example 42%; empty where that says nothing.")
        @Nullable String progress,
    @PrinterColumn(name = "MESSAGE", priority = 1)
        @JsonPropertyDescription("What is going on, what it means and what, if anything, to do.")
        @Nullable String message,
    @PrinterColumn(name = "FROM", priority = 1)
        @JsonPropertyDescription("Where the data comes from.")
        @Nullable String from,
    @PrinterColumn(name = "TO", priority = 1) @JsonPropertyDescription("Where the data goes to.")
        @Nullable String to) {}
