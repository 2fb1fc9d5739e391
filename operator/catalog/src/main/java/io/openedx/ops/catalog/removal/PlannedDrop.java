package io.openedx.ops.catalog.removal;

import static java.util.stream.Collectors.joining;

import java.util.Set;

/**
 * One statement.
 *
 * @param uuid which relation of that name is meant; another one is not dropped
 * @param after what must be gone before: all that is to be dropped and uses it
 * @param breaks what of the site's own breaks with it, each as a human gave it up
 * @param rows of the relation, with those that the server keeps for it
 * @param reason for humans
 */
public record PlannedDrop(
    TableName name,
    String engine,
    String uuid,
    Set<TableName> after,
    Set<String> breaks,
    long rows,
    long bytes,
    String statement,
    String reason) {
  public PlannedDrop {
    after = Set.copyOf(after);
    breaks = Set.copyOf(breaks);
  }

  /** Everything that an approval must mean. */
  String identity() {
    return statement
        + " -- "
        + uuid
        + breaks.stream().sorted().map(each -> " breaks " + quoted(each)).collect(joining())
        + "\n";
  }

  private static String quoted(String text) {
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** The same relation, whatever it holds by now. */
  public boolean means(PlannedDrop other) {
    return name.equals(other.name) && uuid.equals(other.uuid);
  }
}
