package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of a CsmhMigration's Job. Its run's uid also owns the control rows in the target
 * database.
 *
 * @param replica the severed replica of the source to read rows from; null where there is none
 * @param application true when APPLICATION_* credentials are given and the user shall be made
 * @param site what containers of the site's image have found out before; null where the order has
 *     no such containers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsmhOrder(
    String runUid,
    String runName,
    String jobName,
    List<Task> tasks,
    Endpoint source,
    @Nullable Endpoint replica,
    Endpoint target,
    boolean application,
    Copy copy,
    Freeze freeze,
    Drain drain,
    @Nullable Site site,
    @Nullable String progressConfigMap)
    implements WorkOrder {

  public CsmhOrder {
    tasks = List.copyOf(tasks);
  }

  /**
   * How to copy.
   *
   * @param workers pods of the Job; pod 0 alone does the tasks that are not shared
   * @param lanes parallel sessions per pod
   * @param maxRowsPerSecond over all workers; 0 is no limit
   * @param maxThreadsRunning wait while a server runs more foreign threads than this; 0 is off
   * @param maxReplicaLagSeconds wait while a follower is further behind than this; 0 is off
   * @param followers replicas that serve the site; their databases are empty, they are not asked
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Copy(
      int workers,
      int lanes,
      long maxRowsPerSecond,
      int maxThreadsRunning,
      int maxReplicaLagSeconds,
      List<Endpoint> followers) {
    public Copy {
      followers = followers == null ? List.of() : List.copyOf(followers);
    }
  }

  /**
   * How to freeze.
   *
   * @param quietSeconds how long the old table must not move
   * @param autoIncrementMargin distance of the new table's counter to max(old.id); also how far
   *     below the replica's highest id its rows are read from the source
   */
  public record Freeze(int quietSeconds, long autoIncrementMargin) {}

  /**
   * How to drain.
   *
   * @param method Keep, Truncate or SlowDelete
   * @param maxVerifiedAgeSeconds a range verified longer ago is verified again before its rows go
   */
  public record Drain(String method, int maxVerifiedAgeSeconds) {}

  /** What the site is to do with the old table when it shows a learner's history. */
  public enum ReadOld {
    /** The new one has not all of it yet. */
    YES,
    /** The old one is to be given up. */
    NO,
    /** Both have the same. */
    EITHER
  }

  /**
   * The site.
   *
   * @param fingerprint of all its workloads as the controller saw them when it made the Job
   * @param workloads kind/name of each; the file of the n-th in {@link Environment#SITE_FOLDER} is
   *     called n.json
   * @param readOld whether the site is to read the old table besides the new one
   * @param covered whether settings are still laid over the site's own, which are to do without
   *     them: the containers were asked without
   */
  public record Site(String fingerprint, List<String> workloads, ReadOld readOld, boolean covered) {
    public Site {
      workloads = List.copyOf(workloads);
    }
  }
}
