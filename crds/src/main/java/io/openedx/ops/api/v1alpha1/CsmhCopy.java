package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How fast, and how considerate of the site, rows are copied, compared and removed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
            "Copy, Reconcile, Verify and Drain wait while a server runs more statements"
                + " (Threads_running, without our own) than this; 0 never waits. Such a wait is no"
                + " standing still in the sense of timeouts.progressDeadlineSeconds.")
        int maxThreadsRunning,
    @Default("10")
        @Min(0)
        @Max(86_400)
        @JsonPropertyDescription(
            "Copy, what Reconcile carries over, and the deletes of Drain wait while one of replicas"
                + " is further behind than this, follows nobody, or has not answered for 5 seconds;"
                + " 0 never waits. Waiting for one that catches up is no standing still in the"
                + " sense of timeouts.progressDeadlineSeconds; waiting for one that is stopped is,"
                + " since a human must start it. Drain by Truncate is one statement and does not"
                + " wait.")
        int maxReplicaLagSeconds,
    @Size(max = 8)
        @JsonPropertyDescription(
            "The replicas of the source's and of the target's server that serve the site (reads,"
                + " reports, the next failover). Each is asked every second how far it is behind;"
                + " none is found by itself. Members of a replication group need no mention, the"
                + " group slows its writers down by its own flow control. Not the severed replica"
                + " of source.replica, which follows nobody.")
        List<CsmhFollower> replicas) {

  /** The defaults of the CRD. */
  public static final CsmhCopy DEFAULTS = new CsmhCopy(1, 4, 0, 32, 10, List.of());

  public CsmhCopy {
    replicas = replicas == null ? List.of() : List.copyOf(replicas);
  }
}
