package io.openedx.ops.worker.row;

import com.mysql.cj.jdbc.JdbcConnection;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A row whose state a lane cannot hold: fetched in pieces from one snapshot of the source while the
 * driver sends it in pieces to the target. One at a time in the process.
 */
public final class LargeRow {
  private static final int PIECE_BYTES = 1 << 20;
  private static final Semaphore ONE_AT_A_TIME = new Semaphore(1);

  private final Database source;
  private final Side old;

  public LargeRow(Database source, Side old) {
    this.source = source;
    this.old = old;
  }

  /** Inserts it in the open transaction; 0 if it vanished from the old table since it was seen. */
  public long insert(Connection target, Side next, long id) throws SQLException {
    ONE_AT_A_TIME.acquireUninterruptibly();
    try (var snapshot = source.open()) {
      Sql.update(snapshot, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      Sql.update(snapshot, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      var small = Sql.first(snapshot, LargeRow::values, withoutState(old), id);
      return small.isPresent() ? send(snapshot, target, next, id, small.get()) : 0;
    } finally {
      ONE_AT_A_TIME.release();
    }
  }

  private long send(
      Connection snapshot, Connection target, Side next, long id, List<byte @Nullable []> small)
      throws SQLException {
    var sql = RowValues.insert(next, 1);
    try (var insert = target.unwrap(JdbcConnection.class).serverPrepareStatement(sql);
        var pieces = new Pieces(snapshot, piece(old), id)) {
      for (int column = 0; column < HistoryTable.COLUMNS.size(); column++) {
        if (column == RowValues.STATE && isNull(small.get(column))) {
          insert.setNull(column + 1, Types.VARCHAR);
        } else if (column == RowValues.STATE) {
          insert.setBinaryStream(column + 1, pieces);
        } else {
          RowValues.set(insert, column + 1, column, small.get(column));
        }
      }
      return insert.executeLargeUpdate();
    } catch (SQLException e) {
      throw ofTheSource(e);
    }
  }

  /** Row ?, with 1 or 0 in the place of state for whether it is NULL. */
  static String withoutState(Side old) {
    return "SELECT id, %s, created, state IS NULL, grade, max_grade, student_module_id FROM %s WHERE id = ?"
        .formatted(old.text("version"), old.table());
  }

  /** ? bytes from position ? of the state of row ?: parameters in the order position, bytes, id. */
  static String piece(Side old) {
    return "SELECT SUBSTRING(CAST(%s AS BINARY), ?, ?) FROM %s WHERE id = ?"
        .formatted(old.text("state"), old.table());
  }

  private static boolean isNull(byte @Nullable [] flag) {
    return flag != null && flag[0] == '1';
  }

  /** The driver wraps what the stream threw; the error of the source says more. */
  private static SQLException ofTheSource(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException inner) {
        return inner;
      }
    }
    return e;
  }

  private static List<byte @Nullable []> values(java.sql.ResultSet row) throws SQLException {
    var values = new ArrayList<byte @Nullable []>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      values.add(row.getBytes(i));
    }
    return values;
  }

  /** The state as a stream that asks the server for the next piece when one is used up. */
  private static final class Pieces extends InputStream {
    private final PreparedStatement statement;
    private final long id;
    private byte[] piece = new byte[0];
    private int at;
    private long position = 1;
    private boolean over;

    Pieces(Connection snapshot, String sql, long id) throws SQLException {
      this.statement = snapshot.prepareStatement(sql);
      this.id = id;
    }

    @Override
    public int read() throws IOException {
      fill();
      return over ? -1 : piece[at++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      fill();
      if (over) {
        return -1;
      }
      var count = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, to, offset, count);
      at += count;
      return count;
    }

    private void fill() throws IOException {
      if (over || at < piece.length) {
        return;
      }
      try {
        statement.setLong(1, position);
        statement.setInt(2, PIECE_BYTES);
        statement.setLong(3, id);
        try (var result = statement.executeQuery()) {
          var next = result.next() ? result.getBytes(1) : null;
          if (next == null) {
            // The row is in our snapshot, so its state can only be NULL because the server could
            // not build it.
            throw new SQLException(
                "state of id " + id + " is larger than max_allowed_packet of the source",
                "HY000",
                1301);
          }
          piece = next;
        }
      } catch (SQLException e) {
        throw new IOException(e);
      }
      at = 0;
      position += piece.length;
      over = piece.length == 0;
    }

    @Override
    public void close() {
      try {
        statement.close();
      } catch (SQLException e) {
        // The snapshot's connection is closed next.
      }
    }
  }
}
