package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.row.Side;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Both tables on one server: the server copies by itself. A look ahead, which costs about a
 * twentieth of the copy, bounds the chunk by rows and bytes however sparse the ids are.
 */
final class InsertSelect implements Engine {
  private record Probe(long rows, long bytes, long lastId) {}

  private final Connection target;
  private final Side old;
  private final Side next;
  private long reach;

  InsertSelect(Connection target, Side old, Side next) {
    this.target = target;
    this.old = old;
    this.next = next;
  }

  @Override
  public String name() {
    return EngineKind.INSERT_SELECT.id();
  }

  @Override
  public Chunk copy(Range range, int rows, Present present) throws SQLException {
    var limit = rows;
    var probe = probe(range, limit);
    while (probe.bytes() > 2 * Servo.TARGET_BYTES && probe.rows() > 1) {
      limit = (int) Math.max(1, probe.rows() * Servo.TARGET_BYTES / probe.bytes());
      probe = probe(range, limit);
    }
    reach = probe.rows() < limit ? range.hi() : probe.lastId();
    if (probe.rows() == 0) {
      return new Chunk(reach, 0, 0);
    }
    var sql =
        switch (present) {
          case REFUSE -> CopySql.insertSelect(old, next);
          case SKIP -> CopySql.insertSelectMissing(old, next);
        };
    var inserted = Sql.update(target, sql, range.nextId(), reach);
    var copied = present == Present.SKIP ? probe.rows() : inserted;
    return new Chunk(reach, copied, probe.bytes());
  }

  private Probe probe(Range range, int limit) throws SQLException {
    return Sql.one(
        target,
        row -> new Probe(row.getLong(1), row.getLong(2), row.getLong(3)),
        CopySql.probe(old),
        range.nextId(),
        range.hi(),
        limit);
  }

  @Override
  public long reach() {
    return reach;
  }

  @Override
  public void reset() {
    // Nothing is read ahead.
  }

  @Override
  public void close() {
    // The connection is the lane's.
  }
}
