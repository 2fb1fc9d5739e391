package io.openedx.ops.catalog;

import java.util.List;

/**
 * What to read instead of a relation that is gone.
 *
 * @param use the nearest first; not every release has each
 */
public record Successor(Relation relation, List<Relation> use, String source) {
  public Successor {
    use = List.copyOf(use);
  }
}
