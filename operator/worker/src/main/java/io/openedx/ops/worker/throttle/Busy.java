package io.openedx.ops.worker.throttle;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs many statements of others. A busy source is none of the business of a lane
 * that reads from its severed replica, which serves nobody else.
 */
public final class Busy implements Brake {
  /** A look at the servers that is older says nothing about now. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private final CsmhOrder.Copy limits;
  private final int sessionsOfLane;
  private final Database database;
  private final Clock clock;
  private @Nullable Connection source;
  private @Nullable Boolean oneServer;
  private Instant looked;
  private boolean unread = true;
  private long foreignOnSource;
  private long foreignOnTarget;

  /**
   * @param sessionsOfLane how many statements a lane runs at once where both databases are on one
   *     server
   */
  public Busy(TaskContext context, int sessionsOfLane) {
    this(context.order().copy(), sessionsOfLane, context.source(), context.clock());
  }

  Busy(CsmhOrder.Copy limits, int sessionsOfLane, Database database, Clock clock) {
    this.limits = limits;
    this.sessionsOfLane = sessionsOfLane;
    this.database = database;
    this.clock = clock;
    this.looked = clock.instant();
  }

  @Override
  public synchronized Optional<Hold> hold(Burden burden, Instant now) {
    if (off()) {
      return Optional.empty();
    }
    if (Duration.between(looked, now).compareTo(STALE_AFTER) > 0) {
      return Optional.of(
          Hold.fault(
              "Threads_running of %s and of the target could not be read for %d s"
                  .formatted(database.label(), STALE_AFTER.toSeconds())));
    }
    if (unread) {
      return Optional.of(Hold.first());
    }
    var foreign = burden.source() ? Math.max(foreignOnSource, foreignOnTarget) : foreignOnTarget;
    return foreign > limits.maxThreadsRunning()
        ? Optional.of(
            Hold.busy(
                "%d threads of others run, limit %d (spec.copy.maxThreadsRunning)"
                    .formatted(foreign, limits.maxThreadsRunning())))
        : Optional.empty();
  }

  /** A source that does not answer is the lanes' business: it is asked again. */
  @Override
  public void look(Connection target) throws SQLException {
    if (off()) {
      return;
    }
    var onTarget = running(target);
    try {
      var from = source == null ? database.open() : source;
      source = from;
      var own = own(from, target);
      sampled(running(from) - own, onTarget - own);
    } catch (SQLException e) {
      close();
    }
  }

  /** What the servers run besides us. */
  synchronized void sampled(long onSource, long onTarget) {
    foreignOnSource = Math.max(0, onSource);
    foreignOnTarget = Math.max(0, onTarget);
    looked = clock.instant();
    unread = false;
  }

  @Override
  public void close() {
    if (source != null) {
      try {
        source.close();
      } catch (SQLException e) {
        // It was broken already.
      }
      source = null;
    }
  }

  private boolean off() {
    return limits.maxThreadsRunning() == 0;
  }

  /** Sessions of all pods, and the one that looks. */
  private long own(Connection from, Connection target) throws SQLException {
    var one = oneServer;
    if (one == null) {
      one = uuid(from).equals(uuid(target));
      oneServer = one;
    }
    return (long) limits.workers() * limits.lanes() * (one ? sessionsOfLane : 1) + 1;
  }

  private static String uuid(Connection connection) throws SQLException {
    return Sql.one(connection, row -> row.getString(1), "SELECT @@server_uuid");
  }

  private static long running(Connection connection) throws SQLException {
    return Sql.one(
        connection, row -> row.getLong(2), "SHOW GLOBAL STATUS LIKE 'Threads\\_running'");
  }
}
