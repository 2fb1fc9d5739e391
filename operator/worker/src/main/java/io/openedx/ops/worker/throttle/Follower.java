package io.openedx.ops.worker.throttle;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.replica.Channel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one replica every second how far it is behind. On a thread of its own: while it hangs, the
 * others are still heard and the run's heart beats.
 *
 * <p>It asks for Seconds_Behind_Source, since that takes REPLICATION CLIENT alone, is there in
 * every version, takes the clocks' difference out, and is NULL once a thread is stopped.
 * performance_schema knows microseconds, which no limit in seconds needs, and takes more grants.
 * What the receiver has not fetched yet is not in it; a receiver that lost its source is told.
 */
final class Follower implements AutoCloseable {
  private static final int EVERY_SECONDS = 1;

  private final Database database;
  private final Clock clock;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Heard heard;
  private @Nullable Connection connection;

  private Follower(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.heard = new Heard(database.label(), clock.instant(), null, "");
  }

  static Follower watched(Database database, Clock clock) {
    var follower = new Follower(database, clock);
    var thread = new Thread(follower::watch, "watching " + database.label());
    thread.setDaemon(true);
    thread.start();
    return follower;
  }

  Optional<Hold> hold(int limitSeconds, Instant now) {
    return heard.hold(limitSeconds, now);
  }

  private void watch() {
    try {
      do {
        ask();
      } while (!over.await(EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }

  private void ask() {
    try {
      var open = connection == null ? database.openToWatch() : connection;
      connection = open;
      var sight = Sight.of(Channel.all(open));
      heard = heard.answered(clock.instant(), sight);
    } catch (SQLException e) {
      hangUp();
      heard =
          heard.silent(e.getErrorCode() == 0 ? "no connection" : "MySQL error " + e.getErrorCode());
    }
  }

  private void hangUp() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It was broken already.
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
