package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.row.Column;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.Found;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The replica's old table has the columns of the source's, with the same types and charsets. */
final class ReplicaTable implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var here = columns(look.old());
    var there = columns(look.replicaOld());
    if (here.equals(there)) {
      return List.of(
          Found.ok(
              "ReplicaTable",
              "%s: %s has the columns of the source's.",
              look.replica().label(),
              look.replicaOld().name()));
    }
    return List.of(
        Found.blocker(
            "ReplicaShape",
            "%s: %s has other columns than the source's (there: %s; in the source: %s): the source was migrated after the replica was severed, or this is another site's. Bring the replica's table to the source's shape by the same ALTER TABLE, or sever a newer replica, then set a new spec.retryToken.",
            look.replica().label(),
            look.replicaOld().name(),
            only(there, here),
            only(here, there)));
  }

  /** Not the collation, which does not change a byte. */
  private static Set<String> columns(TableShape shape) {
    return shape.columns().stream()
        .map(ReplicaTable::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Column column) {
    return "%s %s%s%s"
        .formatted(
            column.name(),
            column.type(),
            column.nullable() ? "" : " not null",
            column.charset().isEmpty() ? "" : " " + column.charset());
  }

  private static String only(Set<String> these, Set<String> those) {
    var left = these.stream().filter(each -> !those.contains(each)).toList();
    return left.isEmpty() ? "none of its own" : String.join(", ", left);
  }
}
