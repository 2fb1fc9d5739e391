package io.openedx.ops.worker.task;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.progress.Progress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every task gets.
 *
 * @param index this pod's index in the Job, from 0
 * @param replica the severed replica of the source that Copy reads from; null where there is none
 * @param application the user the LMS will connect as; null when none is to be made
 * @param followers the replicas that serve the site and are not to fall behind
 * @param site what containers of the site's image have answered, where they were asked
 * @param stop set at SIGTERM: end after the chunk under way
 */
public record TaskContext(
    CsmhOrder order,
    int index,
    Database source,
    @Nullable Database replica,
    Database target,
    @Nullable Database application,
    List<Database> followers,
    Progress progress,
    StopSignal stop,
    Clock clock,
    SiteAnswers site) {
  public TaskContext {
    followers = List.copyOf(followers);
  }
}
