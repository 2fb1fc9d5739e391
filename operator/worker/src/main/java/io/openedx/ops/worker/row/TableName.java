package io.openedx.ops.worker.row;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.db.Identifier;
import java.util.Objects;

/** A table in its database. */
public record TableName(String database, String table) {

  /** The table that edx-platform has written to since its beginning. */
  public static TableName old(CsmhOrder order) {
    return new TableName(order.source().database(), HistoryTable.OLD);
  }

  /** The same in a replica of the source, where the order has one. */
  public static TableName replica(CsmhOrder order) {
    return new TableName(Objects.requireNonNull(order.replica()).database(), HistoryTable.OLD);
  }

  /** What a row of history belongs to. */
  public static TableName states(CsmhOrder order) {
    return new TableName(order.source().database(), HistoryTable.STATES);
  }

  /** The table of the app coursewarehistoryextended. */
  public static TableName extended(CsmhOrder order) {
    return new TableName(order.target().database(), HistoryTable.NEW);
  }

  /** For an SQL text. */
  public String quoted() {
    return Identifier.quoted(database, table);
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
