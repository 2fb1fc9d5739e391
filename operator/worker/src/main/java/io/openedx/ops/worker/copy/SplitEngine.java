package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.ledger.Range;
import io.openedx.ops.worker.replica.TrustedIds;
import java.sql.SQLException;

/** Reads ids that the replica is trusted to have from there, those above from the source. */
final class SplitEngine implements Engine {
  private final Engine replica;
  private final TrustedIds trusted;
  private final Engine source;
  private Engine current;

  SplitEngine(Engine replica, TrustedIds trusted, Engine source) {
    this.replica = replica;
    this.trusted = trusted;
    this.source = source;
    this.current = replica;
  }

  @Override
  public String name() {
    return replica.name() + "+" + source.name();
  }

  @Override
  public Chunk copy(Range range, int rows, Present present) throws SQLException {
    var fromReplica = trusted.has(range.nextId());
    var wanted = fromReplica ? replica : source;
    if (wanted != current) {
      // What the other one read ahead would only hold a connection and memory.
      current.reset();
      current = wanted;
    }
    return wanted.copy(fromReplica ? range.upTo(trusted.through()) : range, rows, present);
  }

  @Override
  public long reach() {
    return current.reach();
  }

  @Override
  public void reset() {
    current.reset();
  }

  @Override
  public void close() {
    replica.close();
    source.close();
  }
}
