package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.task.Lanes;
import io.openedx.ops.worker.task.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lane that takes one due range after the other until none is left anywhere. After an error it
 * starts with new connections and reads from the table where its range stands.
 */
public final class RangeLoop {
  /** The connections of a lane and what it does with a range. */
  public interface Session extends AutoCloseable {
    /** Where the control tables are. */
    Connection target();

    /**
     * Works until the range is done, or not ours any more; {@code lanes.check()} between chunks.
     */
    void work(Lanes lanes, Range range) throws SQLException;

    @Override
    void close();
  }

  /** Opens a session. */
  @FunctionalInterface
  public interface Opening {
    Session open() throws SQLException;
  }

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Claims claims;
  private final Fence fence;
  private final Work work;
  private final Patience patience;
  private final String doing;
  private @Nullable Range range;
  private int failures;

  /**
   * @param doing for messages: what fails if it fails
   */
  public RangeLoop(Ledger ledger, Work work, Patience patience, String doing) {
    this.claims = new Claims(ledger);
    this.fence = new Fence(ledger);
    this.work = work;
    this.patience = patience;
    this.doing = doing;
  }

  /** Until nothing is due. */
  public void run(Lanes lanes, Opening opening) {
    while (true) {
      try (var session = opening.open()) {
        if (range != null) {
          range = fence.held(session.target(), range).orElse(null);
        }
        while (range != null || find(lanes, session)) {
          if (range != null) {
            one(lanes, session, range);
          }
        }
        return;
      } catch (SQLException e) {
        patience.failed(e, ++failures, doing);
        lanes.check();
      }
    }
  }

  private boolean find(Lanes lanes, Session session) throws SQLException {
    lanes.check();
    var seen = lanes.moves();
    range = claims.claim(session.target(), work).orElse(null);
    if (range != null) {
      return true;
    }
    if (!claims.anyDue(session.target(), work)) {
      return false;
    }
    lanes.await(seen, LOOK_AGAIN);
    return true;
  }

  private void one(Lanes lanes, Session session, Range current) throws SQLException {
    try {
      session.work(lanes, current);
    } catch (RuntimeException e) {
      giveBack(session, current, e);
      throw e;
    }
    failures = 0;
    patience.succeeded();
    range = claims.next(session.target(), current, work).orElse(null);
    lanes.moved();
  }

  private void giveBack(Session session, Range current, RuntimeException because) {
    try {
      claims.release(session.target(), current);
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
