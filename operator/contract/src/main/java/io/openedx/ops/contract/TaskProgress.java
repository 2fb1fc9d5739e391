package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the task under way is, over all workers of the Job (the database knows, not the pod).
 *
 * @param unit of done and total: rows or ids
 * @param rate units per second, smoothed
 * @param note why it is slow or waiting, empty when nothing is to be said
 * @param held true while it waits for servers that are at work and goes on by itself once they have
 *     rest: that it stands still is then no fault
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TaskProgress(
    Task task,
    long done,
    long total,
    String unit,
    double rate,
    @Nullable Instant etaTime,
    String note,
    boolean held) {

  /** Progress of what nobody holds back. */
  public TaskProgress(
      Task task,
      long done,
      long total,
      String unit,
      double rate,
      @Nullable Instant etaTime,
      String note) {
    this(task, done, total, unit, rate, etaTime, note, false);
  }
}
