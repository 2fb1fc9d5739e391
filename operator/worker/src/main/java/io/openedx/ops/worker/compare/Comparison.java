package io.openedx.ops.worker.compare;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.ledger.Span;
import io.openedx.ops.worker.row.Digest;
import io.openedx.ops.worker.row.RowHash;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks both servers the same question at the same time and finds where the answers differ. */
public final class Comparison implements AutoCloseable {
  /** Below this the rows' hashes are fetched; above, halves are compared first. */
  private static final int LIST_ROWS = 4_000;

  /** Statements that one of these runs at once. */
  public static final int SESSIONS = 2;

  /** What both servers say about the same ids. */
  public record Pair(Digest source, Digest target) {
    public boolean equal() {
      return source.equals(target);
    }
  }

  @FunctionalInterface
  private interface Ask<T> {
    T of(Connection connection, Side side) throws SQLException;
  }

  private record Both<T>(T source, T target) {}

  private final Connection source;
  private final Connection target;
  private final Side old;
  private final Side next;
  private final ExecutorService helper;

  private Comparison(Connection source, Connection target, Side old, Side next) {
    this.source = source;
    this.target = target;
    this.old = old;
    this.next = next;
    var name = Thread.currentThread().getName() + "-source";
    this.helper =
        Executors.newSingleThreadExecutor(
            task -> {
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Connections for one lane, to the very server that the run's rows were read from: a host that
   * leads to another one in the midst of a task, a replica that lags, must neither prove anything
   * nor have rows deleted.
   *
   * @throws TaskFailure TRANSIENT if another source answers: the next attempt looks at it first
   */
  public static Comparison open(TaskContext context, Ledger ledger) throws SQLException {
    var from = context.source().open();
    try {
      requireServer(from, context.source(), ledger.sourceUuid());
      var old = Side.old(from, context.source());
      var to = context.target().open();
      return new Comparison(from, to, old, Side.target(to, context.target()));
    } catch (SQLException | TaskFailure e) {
      from.close();
      throw e;
    }
  }

  /**
   * The other way round, for rows that come back: what the new table has is what the old one is to
   * have.
   */
  public static Comparison ofRollback(TaskContext context) throws SQLException {
    var from = context.target().open();
    try {
      var extended = Side.target(from, context.target());
      var to = context.source().open();
      return new Comparison(from, to, extended, Side.old(to, context.source()));
    } catch (SQLException e) {
      from.close();
      throw e;
    }
  }

  private static void requireServer(Connection from, Database source, String wanted)
      throws SQLException {
    var uuid = Sql.one(from, row -> row.getString(1), "SELECT @@server_uuid");
    if (!uuid.equals(wanted)) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          "SourceChanged",
          "%s is server %s now, it was %s when this task began (a failover?): what was compared there says nothing about this one. The next attempt looks at it first."
              .formatted(source.label(), uuid, wanted));
    }
  }

  public Connection source() {
    return source;
  }

  public Connection target() {
    return target;
  }

  public Side old() {
    return old;
  }

  public Side next() {
    return next;
  }

  /** Both digests of these ids. */
  public Pair digests(Span ids) throws SQLException {
    var both =
        ask(
            (connection, side) ->
                Sql.one(connection, Digest::read, RowHash.digest(side), ids.lo(), ids.hi()));
    return new Pair(both.source(), both.target());
  }

  /** The least of these ids that either table holds. */
  OptionalLong leastId(Span ids) throws SQLException {
    var both =
        ask(
            (connection, side) ->
                Sql.one(
                    connection,
                    row -> {
                      var id = row.getLong(1);
                      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
                    },
                    RowHash.leastId(side),
                    ids.lo(),
                    ids.hi()));
    var least =
        Math.min(both.source().orElse(Long.MAX_VALUE), both.target().orElse(Long.MAX_VALUE));
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  /**
   * The rows of these ids that the old table holds and the new one does not hold equally. Rows that
   * are gone from the old table are no concern of whoever is about to delete the rest.
   */
  public List<String> unproven(Span ids) throws SQLException {
    return differences(ids).stream()
        .filter(each -> each.kind() != Difference.Kind.EXTRA)
        .map(Difference::text)
        .toList();
  }

  /** Every row of these ids that differs. */
  public List<Difference> differences(Span ids) throws SQLException {
    var found = new ArrayList<Difference>();
    bisect(ids, found);
    return found;
  }

  private void bisect(Span ids, List<Difference> found) throws SQLException {
    var pair = digests(ids);
    if (pair.equal()) {
      return;
    }
    if (ids.ids() == 1 || Math.max(pair.source().rows(), pair.target().rows()) <= LIST_ROWS) {
      list(ids, found);
      return;
    }
    bisect(new Span(ids.lo(), ids.middle() - 1), found);
    bisect(new Span(ids.middle(), ids.hi()), found);
  }

  private void list(Span ids, List<Difference> found) throws SQLException {
    var both = ask((connection, side) -> RowHash.ofRows(connection, side, ids.lo(), ids.hi()));
    both.source()
        .forEach(
            (id, hash) -> {
              var other = both.target().remove(id);
              if (other == null) {
                found.add(new Difference(id, Difference.Kind.MISSING));
              } else if (!hash.equals(other)) {
                found.add(new Difference(id, Difference.Kind.DIFFERENT));
              }
            });
    both.target().keySet().forEach(id -> found.add(new Difference(id, Difference.Kind.EXTRA)));
  }

  private <T> Both<T> ask(Ask<T> ask) throws SQLException {
    var answer = helper.submit(() -> ask.of(source, old));
    try {
      var ours = ask.of(target, next);
      return new Both<>(answer.get(), ours);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08000", e);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    helper.shutdownNow();
    try (source;
        target) {
      // Closed in any case.
    } catch (SQLException e) {
      // They were broken already.
    }
  }
}
