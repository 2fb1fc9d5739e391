package io.openedx.ops.worker.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The pulse of this process on a connection of its own, opened again after an error: a server that
 * does not answer is the lanes' business.
 */
public final class Beat implements AutoCloseable {
  /** What else is asked on the same occasion. */
  @FunctionalInterface
  public interface Also {
    void ask(Connection target) throws SQLException;
  }

  private final Ledger ledger;
  private final Pulse pulse;
  private @Nullable Connection target;

  public Beat(Ledger ledger) {
    this.ledger = ledger;
    this.pulse = new Pulse(ledger);
  }

  /**
   * Beats, then asks.
   *
   * @throws io.openedx.ops.worker.task.TaskFailure FENCED if the run was taken over
   */
  public void with(Also also) {
    try {
      var open = target == null ? ledger.open() : target;
      target = open;
      pulse.beat(open);
      also.ask(open);
    } catch (SQLException e) {
      hangUp();
    }
  }

  /** Gives the ranges of this process back. */
  @Override
  public void close() {
    if (target != null) {
      try {
        pulse.releaseAll(target);
      } catch (SQLException e) {
        // Their leases run out.
      }
    }
    hangUp();
  }

  private void hangUp() {
    if (target != null) {
      try {
        target.close();
      } catch (SQLException e) {
        // It was broken already.
      }
      target = null;
    }
  }
}
