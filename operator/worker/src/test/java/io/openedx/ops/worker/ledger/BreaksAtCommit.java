package io.openedx.ops.worker.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that breaks after the server has committed and before it has said so. */
final class BreaksAtCommit {
  private BreaksAtCommit() {}

  /** Breaks with that commit, counted from 1. */
  static Connection number(int commit, Connection real) {
    var commits = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                var result = method.invoke(real, arguments);
                if (method.getName().equals("commit") && commits.incrementAndGet() == commit) {
                  real.abort(Runnable::run);
                  throw new SQLException("the connection broke during the commit", "08S01");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
