package io.openedx.ops.catalog.removal;

import java.util.Set;

/**
 * One statement.
 *
 * @param uuid which relation of that name is meant; another one is not dropped
 * @param after what must be gone before: all that is to be dropped and uses it
 * @param rows of the relation, with those that the server keeps for it
 * @param reason for humans
 */
public record PlannedDrop(
    TableName name,
    String engine,
    String uuid,
    Set<TableName> after,
    long rows,
    long bytes,
    String statement,
    String reason) {
  public PlannedDrop {
    after = Set.copyOf(after);
  }

  /** The same relation, whatever it holds by now. */
  public boolean means(PlannedDrop other) {
    return name.equals(other.name) && uuid.equals(other.uuid);
  }
}
