package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What this pod has put right. */
final class Repairs {
  private final long mostDeletes;
  private final AtomicLong inserted = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong changed = new AtomicLong();

  /**
   * @param mostDeletes how many rows this pod may delete from the new table
   */
  Repairs(long mostDeletes) {
    this.mostDeletes = mostDeletes;
  }

  void refuseTooMany(Difference.Kind next) {
    if (next == Difference.Kind.EXTRA && deleted.get() >= mostDeletes) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "TooManyRowsGone",
          ("More than %d rows that were copied are gone from the old table. Was it emptied by hand?"
                  + " The new table keeps them. Restore the old table, or delete them from the new one"
                  + " if that is meant, then set a new spec.retryToken.")
              .formatted(mostDeletes));
    }
  }

  void did(Difference.Kind kind) {
    var count =
        switch (kind) {
          case MISSING -> inserted;
          case EXTRA -> deleted;
          case DIFFERENT -> changed;
        };
    count.incrementAndGet();
  }

  Map<String, String> evidence() {
    return new TreeMap<>(
        Map.of(
            "inserted", inserted.toString(),
            "deleted", deleted.toString(),
            "changed", changed.toString()));
  }
}
