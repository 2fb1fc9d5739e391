package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Brings rows of the new table into the old one, in one session: it adds what is missing there and
 * passes over what is not, so it may begin anew at any time and needs no ledger.
 */
public final class ReturnCopy {
  private final TaskContext context;
  private final LongConsumer reached;
  private final Patience patience;
  private Servo servo = Servo.start();

  /**
   * @param reached is told up to which id all are there
   */
  public ReturnCopy(TaskContext context, LongConsumer reached) {
    this.context = context;
    this.reached = reached;
    this.patience = new Patience(context.clock(), context.stop());
  }

  /** All of these ids that the new table has. */
  public void run(Span ids) throws SQLException {
    var next = ids.lo();
    var failures = 0;
    while (next <= ids.hi()) {
      try (var old = context.source().open();
          var engine = open(old)) {
        while (next <= ids.hi()) {
          context.stop().check();
          next = chunk(old, engine, new Range(0, ids.lo(), ids.hi(), next, 0)).lastId() + 1;
          failures = 0;
          patience.succeeded();
          reached.accept(next - 1);
        }
      } catch (SQLException e) {
        patience.failed(
            e,
            ++failures,
            "Bringing rows from id %d on back to %s".formatted(next, context.source().label()));
      }
    }
  }

  private Engine open(Connection old) throws SQLException {
    try (var extended = context.target().open()) {
      return new Stream(
          context.target(),
          old,
          Side.target(extended, context.target()),
          Side.old(old, context.source()),
          Stream.batchBytes(Runtime.getRuntime().maxMemory(), 1));
    }
  }

  private Chunk chunk(Connection old, Engine engine, Range range) throws SQLException {
    var began = System.nanoTime();
    var chunk =
        Transaction.in(old, connection -> engine.copy(range, servo.rows(), Engine.Present.SKIP));
    servo = servo.after(chunk.rows(), chunk.bytes(), Duration.ofNanos(System.nanoTime() - began));
    return chunk;
  }
}
