package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Transaction;
import io.openedx.ops.worker.ledger.Claims;
import io.openedx.ops.worker.ledger.Fence;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.Work;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import io.openedx.ops.worker.throttle.Pace;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Copies ranges, chunk by chunk, until none is left anywhere. After any error it believes nothing
 * it remembers: a new connection, and the range's position from the table.
 */
final class CopyLane {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /** A half must be worth the chunk its owner may have to redo. */
  private static final long LEAST_SPLIT_IDS = 20_000;

  private final Ledger ledger;
  private final Sourcing sourcing;
  private final Throttle throttle;
  private final Pace pace;
  private final Patience patience;
  private final LongAdder chunks;
  private final int lanesOfPod;
  private final Claims claims;
  private final Fence fence;
  private Servo servo = Servo.start();
  private long chunkIds = LEAST_SPLIT_IDS;
  private @Nullable Range range;
  private int failures;

  CopyLane(
      Ledger ledger,
      Sourcing sourcing,
      Throttle throttle,
      Pace pace,
      Patience patience,
      LongAdder chunks,
      int lanesOfPod) {
    this.ledger = ledger;
    this.sourcing = sourcing;
    this.throttle = throttle;
    this.pace = pace;
    this.patience = patience;
    this.chunks = chunks;
    this.lanesOfPod = lanesOfPod;
    this.claims = new Claims(ledger);
    this.fence = new Fence(ledger);
  }

  void run(Lanes lanes) {
    while (true) {
      try (var target = ledger.open();
          var engine = sourcing.open(target, lanesOfPod)) {
        if (range != null) {
          range = fence.held(target, range).orElse(null);
        }
        work(lanes, target, engine);
        return;
      } catch (SQLException e) {
        patience.failed(e, ++failures, doing());
        lanes.check();
      }
    }
  }

  private void work(Lanes lanes, Connection target, Engine engine) throws SQLException {
    while (range != null || find(lanes, target)) {
      if (range != null) {
        copyRange(lanes, target, engine, range);
      }
    }
  }

  /** Takes a free range, else shares another's; false when nothing is left to copy. */
  private boolean find(Lanes lanes, Connection target) throws SQLException {
    lanes.check();
    var found = claims.claim(target, Work.copy());
    if (found.isEmpty()) {
      found = claims.split(target, Math.max(LEAST_SPLIT_IDS, 4 * chunkIds));
    }
    if (found.isPresent()) {
      range = found.get();
      return true;
    }
    if (!claims.anyDue(target, Work.copy())) {
      return false;
    }
    lanes.pause(LOOK_AGAIN);
    return true;
  }

  private void copyRange(Lanes lanes, Connection target, Engine engine, Range from)
      throws SQLException {
    engine.reset();
    var current = Optional.of(from);
    while (current.isPresent() && !current.get().copied()) {
      range = current.get();
      try {
        throttle.await(lanes, sourcing.burden(range), engine::reset);
      } catch (RuntimeException e) {
        claims.release(target, range);
        throw e;
      }
      current = chunk(target, engine, range);
    }
    if (current.isPresent()) {
      claims.release(target, current.get());
    }
    range = null;
  }

  /** One transaction; the range where it stands afterwards, empty if it is not ours any more. */
  private Optional<Range> chunk(Connection target, Engine engine, Range at) throws SQLException {
    var began = System.nanoTime();
    target.setAutoCommit(false);
    Chunk chunk;
    Optional<Range> moved;
    try {
      chunk = copy(target, engine, at);
      moved = fence.advance(target, at, chunk.lastId(), chunk.rows());
      if (moved.isPresent()) {
        target.commit();
      } else {
        target.rollback();
      }
    } catch (SQLException | RuntimeException | Error e) {
      Transaction.abandon(target, e);
      throw e;
    }
    target.setAutoCommit(true);
    if (moved.isEmpty()) {
      engine.reset();
      return fence.held(target, at);
    }
    learn(chunk, at, Duration.ofNanos(System.nanoTime() - began));
    return moved;
  }

  private void learn(Chunk chunk, Range at, Duration took) {
    servo = servo.after(chunk.rows(), chunk.bytes(), took);
    chunkIds = chunk.lastId() - at.nextId() + 1;
    failures = 0;
    chunks.increment();
    patience.succeeded();
    pace.spent(chunk.rows());
  }

  private Chunk copy(Connection target, Engine engine, Range at) throws SQLException {
    var rows = pace.bounded(servo.rows());
    try {
      return engine.copy(at, rows, Engine.Present.REFUSE);
    } catch (SQLException e) {
      if (e.getErrorCode() != 1062) {
        throw e;
      }
    }
    target.rollback();
    var reach = Math.max(at.nextId(), engine.reach());
    engine.reset();
    Collisions.refuseDifferent(sourcing, target, at.nextId(), reach);
    // Only what was compared is skipped: not beyond what the failed attempt reached.
    return engine.copy(at.upTo(reach), rows, Engine.Present.SKIP);
  }

  private String doing() {
    var at = range;
    return at == null
        ? "claiming a range in %s".formatted(sourcing.source().target().label())
        : "copying from id %d of %s to %s"
            .formatted(
                at.nextId(),
                sourcing.choice(at).source().label(),
                sourcing.source().target().label());
  }
}
