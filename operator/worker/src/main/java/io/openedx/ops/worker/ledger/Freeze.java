package io.openedx.ops.worker.ledger;

import java.util.List;

/**
 * What is fixed once the old table receives no more rows. An empty table has maxId = minId - 1.
 *
 * @param minId least id of the old table
 * @param maxId greatest id of the old table
 * @param nativeFloor least id that a live row of the new table can have; above maxId
 * @param columns what is copied
 * @param schemaHash of both tables' definitions
 */
public record Freeze(
    long minId, long maxId, long nativeFloor, List<String> columns, String schemaHash) {
  public Freeze {
    columns = List.copyOf(columns);
    if (maxId < minId - 1) {
      throw new IllegalArgumentException("maxId %d is below minId %d".formatted(maxId, minId));
    }
    if (nativeFloor <= maxId) {
      throw new IllegalArgumentException(
          "the native floor %d is not above maxId %d".formatted(nativeFloor, maxId));
    }
  }

  /** There is nothing to copy. */
  public boolean empty() {
    return maxId < minId;
  }
}
