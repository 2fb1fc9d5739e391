package io.openedx.ops.catalog.hop;

import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import java.util.List;

/**
 * A model that the old release has and the new one has not: whoever reads it must move.
 *
 * @param instead what stands in its place at the new release; empty where nothing does
 */
public record Gone(Relation relation, Kind kind, List<Relation> instead) {
  public Gone {
    instead = List.copyOf(instead);
  }
}
