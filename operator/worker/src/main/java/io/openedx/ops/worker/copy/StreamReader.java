package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range ahead of its writer, in order. Rows come as a stream, so that the driver never
 * holds more than one; each statement is bounded, so that no read view stays open for long.
 */
final class StreamReader implements AutoCloseable {
  /** What one statement reads: seconds, not minutes. */
  private static final int SEGMENT_ROWS = 50_000;

  private static final int MOST_ROWS = 2_048;

  /** One being written, one waiting. */
  private static final int AHEAD = 1;

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(AHEAD);
  private final Database source;
  private final Side old;
  private final long hi;
  private final int batchBytes;
  private final Thread thread;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private ArrayList<byte[][]> rows = new ArrayList<>();
  private long bytes;

  /**
   * @param batchBytes what one statement of the writer holds; a state longer than that is a giant
   */
  StreamReader(Database source, Side old, long from, long hi, int batchBytes) {
    this.source = source;
    this.old = old;
    this.hi = hi;
    this.batchBytes = batchBytes;
    this.thread = new Thread(() -> read(from), Thread.currentThread().getName() + "-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next batch; waits for it. */
  Batch take() throws SQLException {
    try {
      var batch = batches.take();
      if (batch instanceof Batch.Failed failed) {
        throw failed.cause() instanceof SQLException e
            ? e
            : new SQLException("reading ahead failed", failed.cause());
      }
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08000", e);
    }
  }

  /** Breaks the connection: closing it politely would first drain the stream. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    var open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        // It was broken already.
      }
    }
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(long from) {
    try (var open = source.open()) {
      connection = open;
      if (closed) {
        return;
      }
      try (var statement = prepare(open)) {
        var last = segment(statement, from);
        while (last.isPresent() && last.getAsLong() < hi) {
          last = segment(statement, last.getAsLong() + 1);
        }
      }
      flush();
      batches.put(new Batch.End());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException | Error e) {
      // Whatever it is, the writer must hear of it: it waits for us.
      fail(e);
    }
  }

  private void fail(Throwable e) {
    if (closed) {
      return;
    }
    try {
      batches.put(new Batch.Failed(e));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private PreparedStatement prepare(Connection open) throws SQLException {
    var statement =
        open.prepareStatement(
            CopySql.read(old, batchBytes), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  /**
   * The id where the next segment begins; -1 when there is none. Only a segment without any row is
   * the end: one that is merely short is asked again, so that nothing but the server's word ends
   * it.
   */
  private OptionalLong segment(PreparedStatement statement, long from)
      throws SQLException, InterruptedException {
    statement.setLong(1, from);
    statement.setLong(2, hi);
    statement.setInt(3, SEGMENT_ROWS);
    var last = OptionalLong.empty();
    try (var result = statement.executeQuery()) {
      while (result.next()) {
        last = OptionalLong.of(add(result));
      }
    } catch (SQLException e) {
      throw e.getErrorCode() == 0 ? lost(e) : e;
    }
    return last;
  }

  /** The driver reports a connection that breaks amid a stream without number or SQLState. */
  private SQLException lost(SQLException e) {
    return new SQLException("the connection to the source broke while reading", "08S01", e);
  }

  private long add(ResultSet result) throws SQLException, InterruptedException {
    var id = result.getLong(1);
    var stateBytes = result.getLong(8);
    if (stateBytes > batchBytes) {
      flush();
      batches.put(new Batch.Giant(id, stateBytes));
      return id;
    }
    var row = new byte[HistoryTable.COLUMNS.size()][];
    long size = 64;
    for (int i = 0; i < row.length; i++) {
      row[i] = result.getBytes(i + 1);
      size += row[i] == null ? 0 : row[i].length;
    }
    if (bytes + size > batchBytes || rows.size() == MOST_ROWS) {
      flush();
    }
    rows.add(row);
    bytes += size;
    return id;
  }

  private void flush() throws InterruptedException {
    if (!rows.isEmpty()) {
      batches.put(new Batch.Rows(rows, bytes));
      rows = new ArrayList<>();
      bytes = 0;
    }
  }
}
