package io.openedx.ops.catalog.removal;

import org.jspecify.annotations.Nullable;

/**
 * A relation that upstream's macro drops.
 *
 * @param loss why it should have stayed; null where it is dead
 */
public record UpstreamDrop(
    TableName name, String engine, String uuid, long rows, long bytes, @Nullable String loss) {
  static UpstreamDrop of(LiveRelation relation, @Nullable String loss) {
    return new UpstreamDrop(
        relation.name(),
        relation.engine(),
        relation.uuid(),
        relation.rows(),
        relation.bytes(),
        loss);
  }

  /** Everything that an approval must mean. */
  String identity() {
    return "%s -- %s%s\n".formatted(name.quoted(), uuid, loss == null ? "" : " ALIVE");
  }
}
