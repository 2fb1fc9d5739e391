package io.openedx.ops.worker.throttle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** One thing that may hold lanes back. Lanes ask it while another thread looks. */
public interface Brake extends AutoCloseable {
  /** Why a lane must not go on now; empty if it may. */
  Optional<Hold> hold(Burden burden, Instant now);

  /** A look at the servers, every second. */
  default void look(Connection target) throws SQLException {}

  @Override
  default void close() {}
}
