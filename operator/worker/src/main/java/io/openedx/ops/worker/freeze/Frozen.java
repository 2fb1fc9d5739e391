package io.openedx.ops.worker.freeze;

import java.util.List;

/**
 * What a freeze has fixed.
 *
 * @param minId lowest id to copy; 0 with maxId 0 when the old table was empty
 * @param maxId highest id to copy
 * @param nativeFloor no row that the site wrote to the new table has a lower id
 * @param columns what is copied, by name
 * @param schemaHash of both tables' columns; another one means somebody altered a table
 */
public record Frozen(
    long minId, long maxId, long nativeFloor, List<String> columns, String schemaHash) {

  public Frozen {
    columns = List.copyOf(columns);
  }

  /** Nothing was there to copy. */
  public boolean empty() {
    return maxId == 0;
  }
}
