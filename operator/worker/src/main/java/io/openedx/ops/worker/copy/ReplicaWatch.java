package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.replica.Severance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks every few seconds whether the replica that lanes read from is still severed. */
final class ReplicaWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Sourcing sourcing;
  private final Clock clock;
  private Instant looked;
  private @Nullable Connection connection;

  ReplicaWatch(Sourcing sourcing, Clock clock) {
    this.sourcing = sourcing;
    this.clock = clock;
    this.looked = clock.instant();
  }

  /**
   * One look. A replica that does not answer is the lanes' business: they know whether they need
   * it.
   *
   * @throws io.openedx.ops.worker.task.TaskFailure CONFIGURATION if it is severed no more
   */
  void look() {
    var replica = sourcing.replica();
    if (replica == null || Duration.between(looked, clock.instant()).compareTo(EVERY) < 0) {
      return;
    }
    looked = clock.instant();
    try {
      demand(replica.severance(), replica.choice().source());
    } catch (SQLException e) {
      close();
    }
  }

  private void demand(Severance severance, Database database) throws SQLException {
    var open = connection == null ? database.open() : connection;
    connection = open;
    severance.demand(open);
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It was broken already.
      }
      connection = null;
    }
  }
}
