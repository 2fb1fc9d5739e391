package io.openedx.ops.worker.db;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements that count together or not at all. */
public final class Transaction {
  /** What is to be done in it. */
  @FunctionalInterface
  public interface Body<T> {
    T run(Connection connection) throws SQLException;
  }

  private Transaction() {}

  /** Commits what the body did; rolls back if it throws. */
  public static <T> T in(Connection connection, Body<T> body) throws SQLException {
    connection.setAutoCommit(false);
    T result;
    try {
      result = body.run(connection);
      connection.commit();
    } catch (SQLException | RuntimeException | Error e) {
      abandon(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  /**
   * Rolls back. Where that fails the connection is broken off, and the server rolls back: turning
   * autocommit on again would commit what is half done.
   */
  public static void abandon(Connection connection, Throwable because) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      because.addSuppressed(e);
      breakOff(connection, because);
    }
  }

  private static void breakOff(Connection connection, Throwable because) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
