package io.openedx.ops.worker.compare;

import io.openedx.ops.worker.ledger.Mark;
import io.openedx.ops.worker.ledger.Marks;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.ledger.RangeLoop;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Digest;
import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.throttle.Burden;
import io.openedx.ops.worker.throttle.Throttle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Compares a range chunk by chunk and hands every difference to whom it concerns. */
final class CompareSession implements RangeLoop.Session {
  /** What to do about differing rows; the mark with what is to be kept about them. */
  @FunctionalInterface
  interface Verdict {
    Mark on(
        Lanes lanes,
        Comparison comparison,
        Range range,
        Span ids,
        List<Difference> found,
        Mark mark)
        throws SQLException;
  }

  /** A delete of learner state takes its rows out of both tables, one shortly after the other. */
  private static final int LOOKS = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  /** A mark costs the target a commit; what is lost without one is compared again. */
  private static final Duration KEEP_EVERY = Duration.ofSeconds(1);

  private final Comparison comparison;
  private final Marks marks;
  private final Throttle throttle;
  private final Verdict verdict;
  private IdServo servo = IdServo.start();

  CompareSession(Comparison comparison, Marks marks, Throttle throttle, Verdict verdict) {
    this.comparison = comparison;
    this.marks = marks;
    this.throttle = throttle;
    this.verdict = verdict;
  }

  @Override
  public Connection target() {
    return comparison.target();
  }

  @Override
  public void work(Lanes lanes, Range range) throws SQLException {
    var mark = marks.of(target(), range);
    var kept = System.nanoTime();
    while (mark.nextId() <= range.hi()) {
      throttle.await(lanes, Burden.READING);
      var began = System.nanoTime();
      var ids = new Span(mark.nextId(), Math.min(range.hi(), mark.nextId() + servo.ids() - 1));
      var after = chunk(lanes, range, ids, mark);
      var now = System.nanoTime();
      servo = servo.after(ids.ids(), Duration.ofNanos(now - began));
      if (after.nextId() > range.hi() || found(mark, after) || now - kept >= KEEP_EVERY.toNanos()) {
        if (!marks.keep(target(), range, after)) {
          return;
        }
        kept = now;
      }
      mark = after;
    }
  }

  /** What was found or put right is kept at once. */
  private static boolean found(Mark before, Mark after) {
    return before.differences() + before.repaired() < after.differences() + after.repaired();
  }

  private Mark chunk(Lanes lanes, Range range, Span ids, Mark mark) throws SQLException {
    var pair = comparison.digests(ids);
    if (pair.source().rows() == 0 && pair.target().rows() == 0) {
      return skipHole(range, ids, mark);
    }
    while (!pair.equal()) {
      lanes.check();
      var found = differences(lanes, ids);
      if (!found.isEmpty()) {
        var after = verdict.on(lanes, comparison, range, ids, found, mark);
        var left = comparison.digests(ids);
        return after.compared(ids.hi(), left.source(), left.target());
      }
      // It was gone at the second look. Nothing but an equal answer ends this without a verdict.
      pair = comparison.digests(ids);
    }
    return mark.compared(ids.hi(), pair.source(), pair.target());
  }

  private List<Difference> differences(Lanes lanes, Span ids) throws SQLException {
    var found = comparison.differences(ids);
    for (int look = 1; look < LOOKS && !found.isEmpty(); look++) {
      lanes.pause(BETWEEN_LOOKS);
      found = comparison.differences(ids);
    }
    return found;
  }

  private Mark skipHole(Range range, Span ids, Mark mark) throws SQLException {
    if (ids.hi() == range.hi()) {
      return mark.compared(range.hi(), Digest.NONE, Digest.NONE);
    }
    var least = comparison.leastId(new Span(ids.hi() + 1, range.hi()));
    return mark.compared(
        least.isPresent() ? least.getAsLong() - 1 : range.hi(), Digest.NONE, Digest.NONE);
  }

  @Override
  public void close() {
    comparison.close();
  }
}
