package io.openedx.ops.worker.drain;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;

/** Rows of the old table that the new one does not hold: they stay. */
final class Refusal {
  private static final int NAMED = 20;

  private Refusal() {}

  static TaskFailure of(List<String> rows) {
    var names = String.join(", ", rows.subList(0, Math.min(NAMED, rows.size())));
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "DrainRefused",
        ("%d rows of the old table are not the same in the new one: %s. They were not deleted, and"
                + " the drain stopped. Look at them; see that the new table gets them, then set a new"
                + " spec.retryToken.")
            .formatted(rows.size(), names),
        Map.of("differences", Integer.toString(rows.size()), "ids", names));
  }
}
