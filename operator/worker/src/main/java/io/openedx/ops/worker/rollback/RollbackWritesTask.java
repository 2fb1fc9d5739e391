package io.openedx.ops.worker.rollback;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.copy.ReturnCopy;
import io.openedx.ops.worker.freeze.QuietProof;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.site.RightSettings;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Once all of the site writes to the old table alone: brings back what it had written to the new
 * one, with its ids, and proves that all of it is there. Rows of states that were deleted meanwhile
 * do not come back. The new table keeps all it has.
 */
public final class RollbackWritesTask implements WorkTask {
  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    var evidence = new HashMap<>(Map.of(SiteFinding.FINGERPRINT, context.site().fingerprint()));
    makeRoom(context);
    RightSettings.demand(
        context.site(),
        OwnSettings.wrong(context.site().all()),
        "Not all of the site writes to the old table alone yet: take the settings of the new one out again, all at once, and replace all processes.",
        evidence);
    var spans = spans(context);
    try (var copy =
        new ReturnCopy(
            context, (ids, reached, note, held) -> say(context, ids, reached, note, held))) {
      for (var span : spans) {
        copy.run(span);
      }
    }
    var proof = ReturnProof.of(context, spans);
    evidence.put("rows", Long.toString(proof.rows()));
    evidence.put("rowsOfDeletedStates", Long.toString(proof.left()));
    return new TaskResult(
        "WritesRolledBack",
        "The site writes to the old table alone. The %d row(s) that only the new one had are in it, with their ids, each compared%s. The new table keeps what it has; nobody reads or writes it any more."
            .formatted(proof.rows(), proof.text()),
        evidence);
  }

  /** Before anything is judged: a site that is not ready yet goes on writing to the new table. */
  private static void makeRoom(TaskContext context) throws SQLException {
    try (var source = context.source().open();
        var target = context.target().open()) {
      var room = new Room(context, source, target);
      room.make(room.wanted());
    }
  }

  /** What is to come back, once nobody adds to it any more. */
  private static List<Span> spans(TaskContext context) throws SQLException {
    try (var target = context.target().open()) {
      var beginning =
          Beginning.find(target, context)
              .orElseThrow(
                  () ->
                      new TaskFailure(
                          ExitCode.BUG,
                          "NotPrepared",
                          "The step PrepareRollback must come before RollbackWrites."));
      var extended = TableName.extended(context.order());
      var ids =
          new QuietProof(context, Task.ROLLBACK_WRITES, context.target(), target, extended).await();
      return beginning.toReturn(ids);
    }
  }

  private static void say(TaskContext context, Span ids, long reached, String note, boolean held) {
    context
        .progress()
        .say(
            new TaskProgress(
                Task.ROLLBACK_WRITES,
                reached - ids.lo() + 1,
                ids.ids(),
                "ids",
                0,
                null,
                note.isEmpty() ? "bringing rows back" : note,
                held));
  }
}
