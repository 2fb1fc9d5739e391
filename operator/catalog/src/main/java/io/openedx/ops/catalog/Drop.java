package io.openedx.ops.catalog;

import java.util.Set;

/**
 * One entry of upstream's macro remove_deprecated_models.
 *
 * @param kind as the macro takes it to be; it drops NAME_mv too for a materialized view
 */
public record Drop(Kind kind, Relation relation) {
  /** Reads {@code mv reporting.fact_enrollment_status}. */
  public static Drop of(String text) {
    var words = text.split(" ", 2);
    var kind =
        switch (words[0]) {
          case "mv" -> Kind.MATERIALIZED_VIEW;
          case "view" -> Kind.VIEW;
          case "dictionary" -> Kind.DICTIONARY;
          default -> throw new IllegalArgumentException("no kind is named " + words[0]);
        };
    return new Drop(kind, Relation.of(words[1]));
  }

  /** What the macro's statements name. */
  public Set<Relation> relations() {
    return kind.relations(relation).keySet();
  }
}
