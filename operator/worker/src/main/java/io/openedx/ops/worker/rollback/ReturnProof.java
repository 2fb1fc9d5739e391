package io.openedx.ops.worker.rollback;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.compare.Comparison;
import io.openedx.ops.worker.compare.Difference;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.freeze.OpenTransactions;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.site.DeletedStates;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * That the old table has every row that came back, equal, and none of a deleted state.
 *
 * @param rows of the new table that the old one has now
 * @param left those of deleted states, which it has not
 * @param kept whether it has those, too, because they are too many to be learners' deletions
 */
record ReturnProof(long rows, long left, boolean kept) {
  private static final int NAMED = 10;

  private static final String NEXT =
      "SELECT DISTINCT student_module_id FROM %s FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?";

  private static final String COUNT = "SELECT COUNT(*) FROM %s WHERE id BETWEEN ? AND ?";

  /** Ids that are looked at together. */
  private static final long WINDOW = 20_000;

  /**
   * A delete of a state that had removed its history before a row of it came back, and the state
   * only after: it is over when all transactions are that were open then.
   */
  static ReturnProof of(TaskContext context, List<Span> spans) throws SQLException {
    OpenTransactions.awaitEnd(context, context.source());
    try (var comparison = Comparison.ofRollback(context)) {
      var proof = new Walk(context, comparison);
      for (var span : spans) {
        proof.orphans(span);
      }
      var kept = DeletedStates.tooMany(proof.gone.size(), proof.seen);
      if (!kept) {
        proof.delete(spans);
      }
      var rows = 0L;
      var left = 0L;
      for (var span : spans) {
        left += proof.compare(span);
        rows += count(comparison.target(), TableName.old(context.order()), span);
      }
      return new ReturnProof(rows, left, kept);
    }
  }

  private static long count(Connection connection, TableName table, Span span) throws SQLException {
    return Sql.one(
        connection, row -> row.getLong(1), COUNT.formatted(table.quoted()), span.lo(), span.hi());
  }

  /** For the message; empty when there is nothing to say. */
  String text() {
    if (kept) {
      return "; also those of states that are gone, which are more than learners delete meanwhile (are states being restored?)";
    }
    return left == 0 ? "" : "; %d row(s) of deleted states did not come back".formatted(left);
  }

  /** The walk over the ids that came back. */
  private static final class Walk {
    private final TaskContext context;
    private final Comparison comparison;
    private final TableName old;
    private final List<Long> gone = new ArrayList<>();
    private long seen;

    Walk(TaskContext context, Comparison comparison) {
      this.context = context;
      this.comparison = comparison;
      this.old = TableName.old(context.order());
    }

    void orphans(Span span) throws SQLException {
      for (var window : windows(span)) {
        var modules =
            Sql.list(
                comparison.target(),
                row -> row.getLong(1),
                NEXT.formatted(old.quoted()),
                window.lo(),
                window.hi());
        seen += modules.size();
        gone.addAll(gone(modules));
      }
    }

    void delete(List<Span> spans) throws SQLException {
      for (int from = 0; from < gone.size(); from += DeletedStates.BATCH) {
        var some = gone.subList(from, Math.min(gone.size(), from + DeletedStates.BATCH));
        for (var span : spans) {
          Sql.update(
              comparison.target(),
              "DELETE FROM %s WHERE id BETWEEN %d AND %d AND student_module_id IN (%s)"
                  .formatted(old.quoted(), span.lo(), span.hi(), DeletedStates.places(some)),
              some.toArray());
        }
      }
    }

    /** How many rows did not come back, because their states are gone. */
    long compare(Span span) throws SQLException {
      var left = 0L;
      for (var window : windows(span)) {
        var found = comparison.differences(window);
        var missing = ids(found, Difference.Kind.MISSING);
        var explained = ofDeletedStates(missing);
        missing.removeAll(explained);
        missing.addAll(ids(found, Difference.Kind.DIFFERENT));
        if (!missing.isEmpty()) {
          throw notEqual(missing);
        }
        left += explained.size();
      }
      return left;
    }

    private List<Span> windows(Span span) {
      context.stop().check();
      return span.cut(Integer.MAX_VALUE, WINDOW);
    }

    private static List<Long> ids(List<Difference> found, Difference.Kind kind) {
      return found.stream()
          .filter(each -> each.kind() == kind)
          .map(Difference::id)
          .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Long> gone(List<Long> modules) throws SQLException {
      return DeletedStates.among(comparison.target(), TableName.states(context.order()), modules);
    }

    private List<Long> ofDeletedStates(List<Long> rows) throws SQLException {
      var all = new ArrayList<Long>();
      for (var row : rows) {
        var module =
            Sql.first(
                comparison.source(),
                each -> each.getLong(1),
                "SELECT student_module_id FROM %s WHERE id = ?"
                    .formatted(TableName.extended(context.order()).quoted()),
                row);
        if (module.isPresent() && !gone(List.of(module.get())).isEmpty()) {
          all.add(row);
        }
      }
      return all;
    }

    private TaskFailure notEqual(List<Long> ids) {
      return new TaskFailure(
          ExitCode.CONTRADICTION,
          "RowsDiffer",
          "%d row(s) of %s are not the same in %s, or not there: %s%s. Both tables keep what they have. Somebody has written to one of them by other means: compare these rows by hand, then set a new spec.retryToken."
              .formatted(
                  ids.size(),
                  TableName.extended(context.order()),
                  old,
                  ids.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", ")),
                  ids.size() > NAMED ? " …" : ""));
    }
  }
}
