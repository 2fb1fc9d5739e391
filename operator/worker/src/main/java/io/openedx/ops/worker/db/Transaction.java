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
    try {
      var result = body.run(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    } finally {
      restore(connection);
    }
  }

  /** Rolls back; on a broken connection the server has done it already. */
  public static void rollback(Connection connection, Exception because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private static void restore(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }
}
