package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the control tables tell whoever only looks: from where on the old table may lack rows
 * because a run has removed them.
 */
public final class EarlierDrain {
  private EarlierDrain() {}

  /**
   * The highest id whose row a run may have removed from the old table; 0 where none has begun to.
   */
  public static long upTo(Connection target, String database) throws SQLException {
    return EarlierCopy.begun(target, database)
        ? Sql.first(
                target,
                row -> row.getLong(1),
                "SELECT max_id FROM %s WHERE id = 1 AND drain_began_at IS NOT NULL"
                    .formatted(new LedgerTables(database).run()))
            .orElse(0L)
        : 0;
  }
}
