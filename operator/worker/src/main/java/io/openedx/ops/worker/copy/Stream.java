package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.row.LargeRow;
import io.openedx.ops.worker.row.RowValues;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Through this process: reads ahead on one connection while it writes on another. Values travel as
 * the bytes the source sent, so nothing is rounded, decoded or shifted to another time zone.
 */
final class Stream implements Engine {
  private static final int STATEMENT_ROWS = 128;

  private final Database source;
  private final Connection target;
  private final Side old;
  private final Side next;
  private final int batchBytes;
  private @Nullable PreparedStatement full;
  private @Nullable StreamReader reader;
  private @Nullable Range readingFor;
  private @Nullable Batch ahead;
  private long position;
  private long reach;

  Stream(Database source, Connection target, Side old, Side next, int batchBytes) {
    this.source = source;
    this.target = target;
    this.old = old;
    this.next = next;
    this.batchBytes = batchBytes;
  }

  /** What one lane may hold in a statement, so that all lanes fit the heap. */
  static int batchBytes(long heap, int lanes) {
    return (int) Math.max(256 << 10, Math.min(4 << 20, heap / (lanes * 24L)));
  }

  @Override
  public String name() {
    return EngineKind.STREAM.id();
  }

  @Override
  public Chunk copy(Range range, int rows, Present present) throws SQLException {
    var from = reader(range);
    reach = range.nextId() - 1;
    long count = 0;
    long bytes = 0;
    while (count < rows && bytes < Servo.TARGET_BYTES) {
      var batch = ahead == null ? from.take() : ahead;
      ahead = null;
      if (batch instanceof Batch.End || firstId(batch) > range.hi()) {
        ahead = batch;
        return at(new Chunk(range.hi(), count, bytes));
      }
      if (batch instanceof Batch.Giant giant) {
        if (count > 0) {
          ahead = giant;
          break;
        }
        reach = giant.id();
        return at(new Chunk(giant.id(), insert(giant, present), giant.bytes()));
      }
      var part = upTo((Batch.Rows) batch, range.hi());
      reach = RowValues.id(part.get(part.size() - 1));
      insert(part, present);
      count += part.size();
      bytes += ((Batch.Rows) batch).bytes();
    }
    return at(new Chunk(reach, count, bytes));
  }

  /**
   * One that goes on where the range stands. What was read for another range, or from another
   * position, must never end this one.
   */
  private StreamReader reader(Range range) {
    var same =
        readingFor != null
            && readingFor.id() == range.id()
            && readingFor.epoch() == range.epoch()
            && readingFor.hi() >= range.hi()
            && position == range.nextId();
    if (!same) {
      reset();
    }
    if (reader == null) {
      reader = new StreamReader(source, old, range.nextId(), range.hi(), batchBytes);
      readingFor = range;
    }
    position = range.nextId();
    return reader;
  }

  private Chunk at(Chunk chunk) {
    position = chunk.lastId() + 1;
    return chunk;
  }

  private static long firstId(Batch batch) {
    return batch instanceof Batch.Rows rows
        ? RowValues.id(rows.values().get(0))
        : ((Batch.Giant) batch).id();
  }

  /** A split may have taken the upper part of what was read ahead. */
  private static List<byte[][]> upTo(Batch.Rows batch, long hi) {
    return RowValues.id(batch.values().get(batch.values().size() - 1)) <= hi
        ? batch.values()
        : batch.values().stream().filter(row -> RowValues.id(row) <= hi).toList();
  }

  private void insert(List<byte[][]> rows, Present present) throws SQLException {
    var missing = present == Present.SKIP ? missing(rows) : rows;
    if (missing.isEmpty()) {
      return;
    }
    int from = 0;
    for (; missing.size() - from >= STATEMENT_ROWS; from += STATEMENT_ROWS) {
      execute(full(), missing.subList(from, from + STATEMENT_ROWS));
    }
    if (from < missing.size()) {
      try (var rest = target.prepareStatement(RowValues.insert(next, missing.size() - from))) {
        execute(rest, missing.subList(from, missing.size()));
      }
    }
  }

  /** Parsed once: thousands of parameters take longer to parse than to send. */
  private PreparedStatement full() throws SQLException {
    var statement = full;
    if (statement == null) {
      statement = target.prepareStatement(RowValues.insert(next, STATEMENT_ROWS));
      full = statement;
    }
    return statement;
  }

  private static void execute(PreparedStatement insert, List<byte[][]> rows) throws SQLException {
    int parameter = 1;
    for (var row : rows) {
      for (int column = 0; column < row.length; column++) {
        RowValues.set(insert, parameter++, column, row[column]);
      }
    }
    var affected = insert.executeLargeUpdate();
    insert.clearParameters();
    if (affected != rows.size()) {
      throw new IllegalStateException(
          "the target took %d of %d rows".formatted(affected, rows.size()));
    }
  }

  private long insert(Batch.Giant giant, Present present) throws SQLException {
    if (present == Present.SKIP && present(giant.id(), giant.id()).contains(giant.id())) {
      return 1;
    }
    return new LargeRow(source, old).insert(target, next, giant.id());
  }

  private List<byte[][]> missing(List<byte[][]> rows) throws SQLException {
    var present = present(RowValues.id(rows.get(0)), RowValues.id(rows.get(rows.size() - 1)));
    return rows.stream()
        .filter(row -> !present.contains(RowValues.id(row)))
        .collect(Collectors.toList());
  }

  private Set<Long> present(long lo, long hi) throws SQLException {
    return new HashSet<>(Sql.list(target, row -> row.getLong(1), CopySql.presentIds(next), lo, hi));
  }

  @Override
  public long reach() {
    return reach;
  }

  @Override
  public void reset() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    readingFor = null;
    ahead = null;
  }

  @Override
  public void close() {
    reset();
  }
}
