package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.origin.Origin;
import io.openedx.ops.worker.origin.Trace;
import io.openedx.ops.worker.row.RowHash;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to make of ids that both tables hold before we copied them: equal rows, a copy whose
 * original was changed afterwards, which Reconcile brings up to it, or two rows.
 */
final class Collisions {
  private static final int NAMED = 20;

  private Collisions() {}

  /**
   * Compares the rows of these ids that both tables hold. One that is as the replica has it is a
   * copy, too: Reconcile makes it what the source has.
   *
   * @throws TaskFailure CONTRADICTION with the ids if some are no copies
   */
  static void refuseDifferent(Sourcing sourcing, Connection target, long lo, long hi)
      throws SQLException {
    var present = RowHash.ofRows(target, sourcing.source().next(), lo, hi);
    var ours = new HashMap<Long, Set<String>>();
    for (var choice : sourcing.choices()) {
      try (var connection = choice.source().open()) {
        RowHash.ofRows(connection, choice.old(), lo, hi)
            .forEach((id, hash) -> ours.computeIfAbsent(id, key -> new HashSet<>()).add(hash));
      }
    }
    var different = new ArrayList<Long>();
    present.forEach(
        (id, hash) -> {
          if (!ours.getOrDefault(id, Set.of(hash)).contains(hash)) {
            different.add(id);
          }
        });
    if (!different.isEmpty()) {
      refuseForeign(sourcing.source(), target, different);
    }
  }

  private static void refuseForeign(EngineChoice choice, Connection target, List<Long> ids)
      throws SQLException {
    var copies = Trace.of(target, choice.next().table(), ids);
    try (var source = choice.source().open()) {
      var originals = Trace.of(source, choice.old().table(), ids);
      ids.removeIf(id -> changed(copies.get(id), originals.get(id)));
    }
    if (!ids.isEmpty()) {
      throw collision(ids);
    }
  }

  /** A row that went in the meantime collides with nothing. */
  private static boolean changed(@Nullable Trace copy, @Nullable Trace original) {
    return copy == null || original == null || Origin.ofDifferent(copy, original) == Origin.CHANGED;
  }

  private static TaskFailure collision(List<Long> ids) {
    var named = ids.stream().sorted().limit(NAMED).map(String::valueOf);
    var list = named.collect(Collectors.joining(", "));
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "IdCollision",
        ("%d ids are taken in the new table by other rows than in the old one: %s. Live rows took"
                + " ids that the old table uses; nothing was overwritten. Move those live rows to"
                + " ids above the native floor, then set a new spec.retryToken.")
            .formatted(ids.size(), list),
        Map.of("collisions", Integer.toString(ids.size()), "ids", list));
  }
}
