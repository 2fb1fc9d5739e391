package io.openedx.ops.catalog.removal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A relation as the server has it now.
 *
 * @param uuid the server's, or what else tells it from another one made later under this name
 * @param uses what it cannot do without: what its SQL reads, where it writes, what it is loaded
 *     from
 * @param target the table that a materialized view writes into; null for all others
 */
public record LiveRelation(
    TableName name,
    String engine,
    String uuid,
    long rows,
    long bytes,
    Set<TableName> uses,
    @Nullable TableName target) {
  public LiveRelation {
    uses = Set.copyOf(uses);
  }

  LiveRelation rebuilt() {
    return new LiveRelation(name, engine, uuid, rows, bytes, Set.of(), null);
  }

  boolean view() {
    return engine.equals("View");
  }
}
