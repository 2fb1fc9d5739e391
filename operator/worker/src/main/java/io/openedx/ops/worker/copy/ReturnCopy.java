package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.throttle.Burden;
import io.openedx.ops.worker.throttle.Busy;
import io.openedx.ops.worker.throttle.Lag;
import io.openedx.ops.worker.throttle.Pace;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Brings rows of the new table into the old one, in one session: it adds what is missing there and
 * passes over what is not, so it may begin anew at any time and needs no ledger.
 */
public final class ReturnCopy implements AutoCloseable {
  /** What is said every second. */
  @FunctionalInterface
  public interface Progress {
    /**
     * How far it is.
     *
     * @param reached up to this id all are there
     */
    void say(Span ids, long reached, String note, boolean held);
  }

  private final TaskContext context;
  private final Progress progress;
  private final Patience patience;
  private final Pace pace;
  private final Throttle throttle;
  private Servo servo = Servo.start();
  private volatile long next;
  private int failures;

  public ReturnCopy(TaskContext context, Progress progress) {
    this.context = context;
    this.progress = progress;
    this.patience = new Patience(context.clock(), context.stop());
    this.pace = new Pace(context.order().copy(), context.clock());
    this.throttle = new Throttle(context.clock(), new Busy(context, 1), new Lag(context), pace);
  }

  /** All of these ids that the new table has. */
  public void run(Span ids) throws SQLException {
    next = ids.lo();
    Lanes.run("return", 1, context.stop(), lanes -> lane(lanes, ids), () -> look(ids));
  }

  private void look(Span ids) {
    try (var target = context.target().open()) {
      throttle.look(target);
    } catch (SQLException e) {
      // What could not be looked at for a while holds the lane back, and that is said.
    }
    progress.say(ids, next - 1, throttle.note(), throttle.givesWay());
  }

  private void lane(Lanes lanes, Span ids) {
    while (next <= ids.hi()) {
      try (var old = context.source().open();
          var engine = open(old)) {
        while (next <= ids.hi()) {
          throttle.await(lanes, Burden.WRITING, engine::reset);
          next = chunk(old, engine, new Range(0, ids.lo(), ids.hi(), next, 0)).lastId() + 1;
          failures = 0;
          patience.succeeded();
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
        Transaction.in(
            old, connection -> engine.copy(range, pace.bounded(servo.rows()), Engine.Present.SKIP));
    pace.spent(chunk.rows());
    servo = servo.after(chunk.rows(), chunk.bytes(), Duration.ofNanos(System.nanoTime() - began));
    return chunk;
  }

  @Override
  public void close() {
    throttle.close();
  }
}
