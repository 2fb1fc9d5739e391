package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How fast, and how considerate of the site, the rows are copied and compared. */
public record CsmhCopy(
    @Default("1")
        @Min(1)
        @Max(32)
        @JsonPropertyDescription("Pods that copy at the same time. Any number is safe.")
        int workers,
    @Default("4")
        @Min(1)
        @Max(32)
        @JsonPropertyDescription(
            "Sessions per pod on each server. Four usually saturate a server that also serves the"
                + " site.")
        int lanes,
    @Default("0")
        @Min(0)
        @JsonPropertyDescription("Rows per second over all pods; 0 sets no limit.")
        long maxRowsPerSecond,
    @Default("32")
        @Min(0)
        @JsonPropertyDescription(
            "Copying pauses while a server runs more statements (Threads_running, without our own)"
                + " than this; 0 never pauses.")
        int maxThreadsRunning) {

  /** The defaults of the CRD. */
  public static final CsmhCopy DEFAULTS = new CsmhCopy(1, 4, 0, 32);
}
